"""Shows a mail as a mail program shows a plain text: who, to whom, when, and the words with their links."""

import re
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from html import escape
from zoneinfo import ZoneInfo

DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
    "december",
)  # fmt: skip
HERE = ZoneInfo("Europe/Copenhagen")
LINK = re.compile(r"https?://\S+")
PAGE = """<!doctype html>
<html lang="da"><head><meta charset="utf-8"><title>{subject}</title><style>
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: #eceef1; color: #1c1e21; font: 16px/1.5 "Segoe UI", Arial, sans-serif; }}
header {{ padding: 10px 16px; background: #3b4252; color: #fff; font-size: 14px; }}
article {{ max-width: 760px; margin: 16px auto; padding: 20px; background: #fff; border: 1px solid #d4d7dc; }}
h1 {{ margin: 0 0 12px; font-size: 22px; line-height: 1.3; overflow-wrap: anywhere; }}
.who {{ display: flex; gap: 12px; padding-bottom: 14px; margin-bottom: 16px; border-bottom: 1px solid #d4d7dc; }}
.mark {{ flex: none; width: 40px; height: 40px; border-radius: 50%; background: #1d5c56; color: #fff;
  font: 600 18px/40px Arial, sans-serif; text-align: center; }}
.who p {{ margin: 0; overflow-wrap: anywhere; }}
.quiet {{ color: #5d6470; font-size: 14px; }}
.text {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
a {{ color: #0b57d0; }}
@media (max-width: 500px) {{ article {{ margin: 0; border: 0; }} }}
</style></head><body>
<header>Indbakke</header>
<article>
  <h1>{subject}</h1>
  <div class="who"><div class="mark">{mark}</div><div>
    <p><strong>{sender}</strong> <span class="quiet">&lt;{address}&gt;</span></p>
    <p class="quiet">til {to}{answers}</p>
    <p class="quiet">{when}</p>
  </div></div>
  <div class="text">{text}</div>
</article></body></html>"""


def page_of(mail: EmailMessage) -> str:
    """Return a mail as a page."""
    sender, address = parseaddr(str(mail["From"]))
    body = mail.get_body(("plain",))
    answers = parseaddr(str(mail["Reply-To"] or ""))[1]
    return PAGE.format(
        subject=escape(str(mail["Subject"])),
        mark=escape(sender[:1]),
        sender=escape(sender),
        address=escape(address),
        to=escape(str(mail["To"])),
        answers=f" · svar går til {escape(answers)}" if answers else "",
        when=when(str(mail["Date"])),
        text=linked(body.get_content() if body else ""),
    )


def when(date: str) -> str:
    """Return a date as a Danish mail program writes it."""
    at = parsedate_to_datetime(date).astimezone(HERE)
    return f"{DAYS[at.weekday()]} den {at.day}. {MONTHS[at.month - 1]} {at.year} kl. {at:%H.%M}"


def linked(text: str) -> str:
    """Return a plain text with its addresses as links, as mail programs show them."""
    parts, at = [], 0
    for found in LINK.finditer(text):
        parts += [escape(text[at : found.start()]), f'<a href="{escape(found[0])}">{escape(found[0])}</a>']
        at = found.end()
    return "".join([*parts, escape(text[at:])])
