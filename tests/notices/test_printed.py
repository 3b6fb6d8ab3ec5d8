"""What is printed where there is no mail server can be read, and its links can be followed."""

from io import StringIO

from django.core.mail import EmailMessage

from medspil.notices.printed import Readable


def test_a_long_text_is_printed_as_written_with_its_link_in_one_piece() -> None:
    stream, link = StringIO(), f"https://medspil.example/svar/{'a1' * 40}"
    text = f"{'Hjælp, vi behøver jer på søndag. ' * 60}\n{link}\n"
    Readable(stream=stream).send_messages([EmailMessage("Spørgsmål", text, "a@b.example", ["c@d.example"])])
    assert text in stream.getvalue()
    assert "To: c@d.example" in stream.getvalue()
