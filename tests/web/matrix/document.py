"""Writes docs/permissions.md from the table of roles and the permission matrix, so that people can read them.

.venv/bin/python -m tests.web.matrix.document
"""

import os
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "permissions.md"
HEAD = """# Permissions

Who may do what. Written by `python -m tests.web.matrix.document` from the table that the code asks
(`organisations/roles.py`) and the matrix that the tests hold every address against (`tests/web/matrix/expected.py`); a
test fails when this page is behind.

Strangers get 404: for them the record is not there. Members without the right get 403. Whoever is not signed in is sent
to sign in. A right in an area counts for the organisation that owns it and for those that take part in it; the facts of
an area (`edit_area`) are the owner's alone. The register is one for the whole site: `import_register` counts only in
organisations that the operator made (`medspil organisation add`), not in those that others made on the pages.

## What each role may do

"""


def text() -> str:
    """Return the whole page."""
    from medspil.organisations.roles import ROLE_ABILITIES, Ability, Role  # noqa: PLC0415  (Django is set up by then)
    from tests.web.matrix.expected import EXPECTED  # noqa: PLC0415  (likewise)

    lines = ["| Ability | " + " | ".join(role.value for role in Role) + " |", "|---" * (len(Role) + 1) + "|"]
    for ability in Ability:
        marks = ["yes" if ability in ROLE_ABILITIES[role] else "" for role in Role]
        lines.append(f"| `{ability.value}` | " + " | ".join(marks) + " |")
    lines += ["", "## Who may open each address", "", "| Address | Methods | For | Ability |", "|---|---|---|---|"]
    for name, page in EXPECTED.items():
        methods = "" if page.others_code else " ".join(sorted(page.methods))
        ability_name = f"`{page.ability.value}`" if page.ability else ""
        lines.append(f"| `{name}` | {methods} | {page.scope.value} | {ability_name} |")
    return HEAD + "\n".join(lines) + "\n"


def main() -> None:
    """Set Django up and write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medspil.config.settings")
    os.environ.setdefault("MEDSPIL_LOCAL", "true")
    import django  # noqa: PLC0415  (after the settings are named)

    django.setup()
    DOCUMENT.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
