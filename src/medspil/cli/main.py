"""The command `medspil`: help that a newcomer can follow, one sentence when something is wrong.

Exit codes: 0 done, 1 refused with a reason, 2 wrong usage.
"""

import os
from importlib import import_module

import click

# name -> (module, attribute): a command's module is loaded only when the command is asked for.
COMMANDS = {
    "demo": ("medspil.cli.demo", "demo"),
    "serve": ("medspil.cli.serve", "serve"),
    "organisation": ("medspil.cli.organisation", "organisation"),
    "worker": ("medspil.cli.serve", "worker"),
    "person": ("medspil.cli.person", "person"),
    "register": ("medspil.cli.register", "register"),
    "rank": ("medspil.cli.rank", "rank"),
    "needs-for": ("medspil.cli.needs_for", "needs_for_command"),
    "allocate": ("medspil.cli.allocate", "allocate"),
    "mail": ("medspil.cli.mail", "mail"),
    "doctor": ("medspil.cli.doctor", "doctor"),
}


class LazyGroup(click.Group):
    """A group whose commands start Django only when one of them runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of a first day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command, with Django ready behind it."""
        if cmd_name not in COMMANDS:
            return None
        import django  # noqa: PLC0415  (help must not wait for Django)
        from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medspil.config.settings")
        try:
            django.setup()
        except ImproperlyConfigured as trouble:
            return _refusing(cmd_name, str(trouble))
        module, attribute = COMMANDS[cmd_name]
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101  (tells the type checker what import_module cannot)
        return command


def _refusing(name: str, sentence: str) -> click.Command:
    """Return a command that only says what must be set first; the list of commands is shown all the same."""

    def refuse() -> None:
        raise click.ClickException(sentence)

    anything = {"ignore_unknown_options": True, "allow_extra_args": True}
    return click.Command(
        name, callback=refuse, help="Settings are missing; run it to see which.", context_settings=anything,
        add_help_option=False,
    )  # fmt: skip


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="medspil")
def main() -> None:
    """Find the companies that can help a housing area, and say why."""


if __name__ == "__main__":
    main()
