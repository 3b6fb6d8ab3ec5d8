"""Settings, addresses and system checks: how the rooms are put together into one site."""
