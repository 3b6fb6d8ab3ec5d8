"""The permission matrix: one row per address, in the words of roles.py. A page that is not here fails the tests."""

from medspil.organisations.roles import Ability
from tests.web.matrix.expected_agreements import AGREEMENTS
from tests.web.matrix.expected_alignment import ALIGNMENT
from tests.web.matrix.expected_links import LINKS
from tests.web.matrix.expected_mails import MAILS
from tests.web.matrix.expected_meetings import BOARDS_AND_MEETINGS
from tests.web.matrix.expected_partnerships import PARTNERSHIPS
from tests.web.matrix.expected_progress import PROGRESS
from tests.web.matrix.expected_pulses import PULSES
from tests.web.matrix.expected_rounds import ALLOCATIONS
from tests.web.matrix.expected_walks import WALKS
from tests.web.matrix.rules import Page, Scope, anywhere, area

READ = frozenset({"GET"})
FORM = frozenset({"GET", "POST"})
SEND = frozenset({"POST"})
KEY = "4d9a2c1e-7b1f-4c55-9d3e-0a1b2c3d4e5f"


def company(
    ability: Ability, methods: frozenset[str] = READ, data: dict[str, object] | None = None, /, **args: str
) -> Page:
    """A page about a company of the register and what one's own organisation knows of it."""
    return Page(
        scope=Scope.ANYWHERE, ability=ability, methods=methods, args={"ref": "=cvr-12345674"} | args, data=data or {}
    )


def organisation(ability: Ability | None, methods: frozenset[str] = READ, /, **args: str) -> Page:
    """A page about an organisation and its people."""
    return Page(scope=Scope.ORGANISATION, ability=ability, methods=methods, args=args)


def open_to_all(**args: str) -> Page:
    """A page of django-allauth that everybody may open."""
    return Page(scope=Scope.PUBLIC, methods=FORM, args=args, others_code=True)


def signed_in() -> Page:
    """A page of django-allauth about one's own account."""
    return Page(scope=Scope.SIGNED_IN, methods=FORM, others_code=True)


EXPECTED: dict[str, Page] = {
    # Pages of no room
    "home": Page(scope=Scope.PUBLIC),
    "accessibility": Page(scope=Scope.PUBLIC),
    "privacy": Page(scope=Scope.PUBLIC),
    "set_language": Page(scope=Scope.PUBLIC, methods=SEND),
    "healthy": Page(scope=Scope.PUBLIC),
    "robots": Page(scope=Scope.PUBLIC),
    # Organisations and their people
    "organisations:list": Page(scope=Scope.SIGNED_IN),
    "organisations:look_up": anywhere(Ability.CREATE_ORGANISATION),
    "organisations:create": Page(
        scope=Scope.ANYWHERE,
        ability=Ability.CREATE_ORGANISATION,
        methods=FORM,
        data={"name": "Nyt", "kind": "school", "creation_key": "4d9a2c1e-7b1f-4c55-9d3e-0a1b2c3d4e5f"},
    ),
    "organisations:detail": organisation(None, pk="organisation"),
    "organisations:edit": organisation(Ability.MANAGE_PEOPLE, FORM, pk="organisation"),
    "organisations:merge_choose": organisation(Ability.MANAGE_PEOPLE, pk="organisation"),
    "organisations:merge": organisation(Ability.MANAGE_PEOPLE, FORM, pk="organisation", other="branch"),
    "organisations:merge_undo": organisation(Ability.MANAGE_PEOPLE, SEND, pk="organisation", merge="merge"),
    **MAILS,
    "organisations:add_person": organisation(Ability.MANAGE_PEOPLE, FORM, pk="organisation"),
    "organisations:change_role": organisation(Ability.MANAGE_PEOPLE, FORM, pk="organisation", membership="membership"),
    "organisations:end_membership": organisation(
        Ability.MANAGE_PEOPLE, SEND, pk="organisation", membership="membership"
    ),
    # The register and its imports
    "register:list": anywhere(Ability.VIEW_REGISTER),
    "register:detail": anywhere(Ability.VIEW_REGISTER, number="unit.number"),
    "register:status": anywhere(Ability.VIEW_REGISTER),
    "register:status_export": anywhere(Ability.VIEW_REGISTER),
    "register:lookup": anywhere(Ability.IMPORT_REGISTER, SEND),
    "register:index": anywhere(Ability.IMPORT_REGISTER, SEND),
    "register:imports": anywhere(Ability.IMPORT_REGISTER),
    "register:upload": anywhere(Ability.IMPORT_REGISTER, FORM),
    "register:import": anywhere(Ability.IMPORT_REGISTER, pk="import"),
    "register:columns": anywhere(Ability.IMPORT_REGISTER, FORM, pk="import"),
    "register:compare": anywhere(Ability.IMPORT_REGISTER, SEND, pk="import"),
    "register:apply": anywhere(Ability.IMPORT_REGISTER, SEND, pk="import"),
    "register:discard": anywhere(Ability.IMPORT_REGISTER, SEND, pk="import"),
    "register:rejected": anywhere(Ability.IMPORT_REGISTER, pk="import"),
    # Profiles of companies: each organisation sees its own checks, and companies their own words
    "profiles:list": anywhere(Ability.VIEW_REGISTER),
    "profiles:detail": company(Ability.VIEW_REGISTER),
    "profiles:answer": company(
        Ability.CHECK_COMPANY,
        FORM,
        {"version": 0, "known": "yes", "source": "website", "checked_on": "2026-05-03"},
        topic="=global_compact",
    ),
    "profiles:note": company(Ability.CHECK_COMPANY, FORM, {"version": 1, "note": "Ring igen"}),
    # The catalogue
    "catalogue:list": Page(scope=Scope.PUBLIC),
    "catalogue:affinity": Page(scope=Scope.PUBLIC),
    "catalogue:case": Page(scope=Scope.PUBLIC, args={"code": "case.code"}),
    # Areas: facts are the owner's, challenges and needs also the partners'
    "areas:list": Page(scope=Scope.SIGNED_IN),
    "areas:create": anywhere(Ability.EDIT_AREA, FORM),
    "areas:detail": area(Ability.VIEW_AREA, pk="area"),
    "areas:archive": area(Ability.EDIT_AREA, SEND, pk="area"),
    "areas:restore": area(Ability.EDIT_AREA, SEND, pk="area"),
    "areas:edit_about": area(Ability.EDIT_AREA, FORM, pk="area"),
    "areas:edit_border": area(Ability.EDIT_AREA, FORM, pk="area"),
    "areas:edit_programme": area(Ability.EDIT_AREA, FORM, pk="area"),
    "areas:edit_figures": area(Ability.EDIT_AREA, FORM, pk="area"),
    "areas:edit_statuses": area(Ability.EDIT_AREA, FORM, pk="area"),
    "areas:remove_status": area(Ability.EDIT_AREA, SEND, pk="area", status="status"),
    "areas:edit_partners": area(Ability.EDIT_AREA, FORM, pk="area"),
    "areas:remove_partner": area(Ability.EDIT_AREA, SEND, pk="area", organisation="partner"),
    "areas:news": area(Ability.VIEW_REGISTER, pk="area"),
    "areas:news_export": area(Ability.VIEW_REGISTER, pk="area"),
    "areas:news_read": area(Ability.VIEW_REGISTER, SEND, {"upto": "0"}, pk="area"),
    "areas:challenge_create": area(Ability.EDIT_NEED, FORM, {"title": "Ny"}, pk="area"),
    "areas:challenge_edit": area(Ability.EDIT_NEED, FORM, pk="challenge"),
    "areas:challenge_archive": area(Ability.EDIT_NEED, SEND, pk="challenge"),
    "areas:challenge_restore": area(Ability.EDIT_NEED, SEND, pk="challenge"),
    "areas:need_create": area(Ability.EDIT_NEED, FORM, {"title": "Nyt", "no_challenge_reason": "Uden"}, pk="area"),
    "areas:need": area(Ability.VIEW_AREA, pk="need"),
    "areas:need_archive": area(Ability.EDIT_NEED, SEND, pk="need"),
    "areas:need_restore": area(Ability.EDIT_NEED, SEND, pk="need"),
    "areas:need_edit_what": area(Ability.EDIT_NEED, FORM, pk="need"),
    "areas:need_edit_resources": area(Ability.EDIT_NEED, FORM, pk="need"),
    "areas:need_edit_amounts": area(Ability.EDIT_NEED, FORM, pk="need"),
    "areas:need_edit_who": area(Ability.EDIT_NEED, FORM, pk="need"),
    "areas:need_edit_when": area(Ability.EDIT_NEED, FORM, pk="need"),
    "areas:need_edit_host": area(Ability.EDIT_NEED, FORM, pk="need"),
    "areas:need_edit_reach": area(Ability.EDIT_NEED, FORM, pk="need"),
    "areas:need_edit_companies": area(Ability.EDIT_NEED, FORM, pk="need"),
    # Ranking and shortlist of a need
    "linking:company_needs": anywhere(Ability.RANK, number="unit.number"),
    # A need that is open to companies is also shown to those who speak for one: tests/web/test_open_need.py
    "linking:open_need": area(Ability.VIEW_AREA, pk="need"),
    "linking:ranking": area(Ability.RANK, pk="need"),
    "linking:find": area(Ability.RANK, SEND, pk="need"),
    "linking:save": area(Ability.RANK, SEND, pk="need"),
    "linking:export": area(Ability.RANK, pk="need", kind="=xlsx"),
    "linking:run": area(Ability.RANK, pk="run"),
    "linking:repeat": area(Ability.RANK, SEND, pk="run"),
    "linking:keep": area(Ability.SHORTLIST, SEND, {"version": 0}, pk="need", number="unit.number"),
    "linking:set_aside": area(
        Ability.SHORTLIST, SEND, {"version": 0, "reason": "too_far"}, pk="need", number="unit.number"
    ),
    "linking:need_no": area(Ability.LINK, FORM, {"reason": "never"}, pk="need", number="unit.number"),
    "linking:offer_no": area(Ability.LINK, FORM, {"reason": "never"}, pk="need", offer="asked_offer"),
    "linking:shortlist": area(Ability.SHORTLIST, pk="need"),
    "linking:shortlist_export": area(Ability.SHORTLIST, pk="need", kind="=pdf"),
    "linking:change": area(Ability.SHORTLIST, FORM, pk="candidate"),
    "linking:undo": area(Ability.SHORTLIST, SEND, {"version": 1, "to": "set_aside"}, pk="candidate"),
    **LINKS,
    # What an area lacks
    "mapping:coverage": area(Ability.VIEW_AREA, pk="area"),
    "mapping:coverage_export": area(Ability.VIEW_AREA, pk="area"),
    "mapping:competences": area(Ability.EDIT_NEED, FORM, {"version": 1, "kinds": "transport"}, pk="challenge"),
    "mapping:coverage_need": area(Ability.EDIT_NEED, SEND, pk="challenge", kind="=transport"),
    # What an area has: contacts and consents are seen by fewer than the rest
    "mapping:list": area(Ability.VIEW_AREA, pk="area"),
    "mapping:review": area(Ability.VIEW_AREA, pk="area"),
    "mapping:export": area(Ability.VIEW_AREA, pk="area", kind="=csv"),
    "mapping:profile": area(Ability.VIEW_AREA, pk="area"),
    "mapping:create": area(
        Ability.MAP_RESOURCES, FORM, {"name": "Ny", "kind": "place", "creation_key": KEY}, pk="area"
    ),
    "mapping:person": area(Ability.MAP_RESOURCES, FORM, pk="area"),
    "mapping:walk": area(Ability.MAP_RESOURCES, FORM, pk="area"),
    "mapping:pick_up": area(Ability.MAP_RESOURCES, SEND, pk="area", number="unit.number"),
    "mapping:paste": area(Ability.MAP_RESOURCES, FORM, {"text": "Klub; forening", "creation_key": KEY}, pk="area"),
    "mapping:upload": area(Ability.MAP_RESOURCES, FORM, pk="area"),
    "mapping:file": Page(scope=Scope.MAPPERS, methods=FORM, args={"pk": "list"}, data={"name": "Navn"}),
    "mapping:drop": Page(scope=Scope.MAPPERS, methods=SEND, args={"pk": "list"}),
    "mapping:detail": area(Ability.VIEW_AREA, pk="resource"),
    "mapping:edit_what": area(Ability.MAP_RESOURCES, FORM, pk="resource"),
    "mapping:edit_brings": area(Ability.MAP_RESOURCES, FORM, pk="resource"),
    "mapping:edit_when": area(Ability.MAP_RESOURCES, FORM, pk="resource"),
    "mapping:edit_where": area(Ability.MAP_RESOURCES, FORM, pk="resource"),
    "mapping:edit_source": area(Ability.MAP_RESOURCES, FORM, pk="resource"),
    "mapping:confirm": area(Ability.MAP_RESOURCES, SEND, pk="resource"),
    "mapping:archive": area(Ability.MAP_RESOURCES, FORM, pk="resource"),
    "mapping:restore": area(Ability.MAP_RESOURCES, SEND, pk="resource"),
    "mapping:merge": area(Ability.MAP_RESOURCES, FORM, pk="resource", other="same"),
    "mapping:merge_undo": area(Ability.MAP_RESOURCES, SEND, pk="resource", merged="resource_merge"),
    "mapping:consent": area(Ability.SEE_CONTACTS, FORM, pk="resident"),
    "mapping:withdraw": area(Ability.SEE_CONTACTS, FORM, {"how": "said", "sure": "on"}, pk="resident"),
    "mapping:add_contact": area(Ability.SEE_CONTACTS, FORM, pk="resource"),
    "mapping:edit_contact": area(Ability.SEE_CONTACTS, FORM, pk="resource", contact="contact"),
    "mapping:delete_contact": area(Ability.SEE_CONTACTS, SEND, pk="resource", contact="contact"),
    "mapping:ask": area(Ability.SEE_CONTACTS, SEND, pk="resource", contact="contact"),
    "mapping:dealt_with": area(Ability.SEE_CONTACTS, SEND, pk="resource", inquiry="inquiry"),
    "mapping:answer": Page(scope=Scope.PUBLIC, methods=FORM, args={"token": "asked.token"}, data={"answer": "right"}),
    "mapping:opened": Page(scope=Scope.PUBLIC, methods=SEND, args={"token": "asked.token"}),
    # Offers: an organisation's own, which it noted down itself, so that givers and recorders may both change it
    "offers:list": Page(scope=Scope.SIGNED_IN),
    "offers:choose": anywhere(Ability.MAKE_OFFER),
    "offers:create": anywhere(Ability.MAKE_OFFER, FORM),
    "offers:draft": Page(scope=Scope.SIGNED_IN, methods=SEND),
    "offers:drop_draft": Page(scope=Scope.SIGNED_IN, methods=SEND),
    "offers:mails": Page(scope=Scope.SIGNED_IN, methods=SEND),
    "offers:detail": organisation(None, pk="offer"),
    "offers:edit": organisation(Ability.MAKE_OFFER, FORM, pk="offer"),
    "offers:withdraw": organisation(Ability.MAKE_OFFER, FORM, pk="offer"),
    "offers:end": organisation(Ability.MAKE_OFFER, FORM, pk="offer"),
    "offers:words_away": organisation(Ability.MAKE_OFFER, SEND, pk="offer"),
    "offers:reopen": organisation(Ability.MAKE_OFFER, SEND, pk="offer"),
    "offers:renew": organisation(Ability.MAKE_OFFER, FORM, pk="offer"),
    "offers:ask": organisation(Ability.MAKE_OFFER, FORM, pk="offer"),
    "offers:take_over": Page(scope=Scope.GIVER, ability=Ability.MAKE_OFFER, methods=SEND, args={"pk": "offer"}),
    "offers:answer": Page(
        scope=Scope.PUBLIC,
        methods=FORM,
        args={"token": "asked_offer.token"},
        data={"answer": "stands", "version": 1},
    ),
    "offers:opened": Page(scope=Scope.PUBLIC, methods=SEND, args={"token": "asked_offer.token"}),
    "offers:area": area(Ability.VIEW_AREA, pk="area"),
    "offers:area_export": area(Ability.VIEW_AREA, pk="area", kind="=csv"),
    # Allocations
    **PARTNERSHIPS,
    **AGREEMENTS,
    **BOARDS_AND_MEETINGS,
    **ALIGNMENT,
    **PROGRESS,
    **PULSES,
    **WALKS,
    **ALLOCATIONS,
    # Sign-in and one's own account
    "accounts:me": Page(scope=Scope.SIGNED_IN),
    "accounts:name": Page(scope=Scope.SIGNED_IN, methods=FORM),
    "account_login": open_to_all(),
    "account_logout": open_to_all(),
    "account_signup": open_to_all(),
    "account_inactive": open_to_all(),
    "account_reauthenticate": signed_in(),
    "account_email": signed_in(),
    "account_email_verification_sent": open_to_all(),
    "account_confirm_email": open_to_all(key="=unknown"),
    "account_change_password": signed_in(),
    "account_set_password": signed_in(),
    "account_reset_password": open_to_all(),
    "account_reset_password_done": open_to_all(),
    "account_reset_password_from_key": open_to_all(uidb36="=1", key="=unknown"),
    "account_reset_password_from_key_done": open_to_all(),
    "mfa_index": signed_in(),
    "mfa_authenticate": open_to_all(),
    "mfa_reauthenticate": signed_in(),
    "mfa_activate_totp": signed_in(),
    "mfa_deactivate_totp": signed_in(),
    "mfa_view_recovery_codes": signed_in(),
    "mfa_generate_recovery_codes": signed_in(),
    "mfa_download_recovery_codes": signed_in(),
}
