import pytest

from assist.language.mail import body

QUOTED = "Your parcel is on its way."


@pytest.mark.parametrize(
    "header",
    [
        "Am 12.11.2026 um 10:14 schrieb Fennwick Support <help@fennwick.example>:",
        "Le jeu. 12 nov. 2026 à 10:14, Fennwick Support a écrit :",
        "El jue, 12 nov 2026 a las 10:14, Fennwick Support escribió:",
        "Il giorno gio 12 nov 2026 alle ore 10:14 Fennwick Support ha scritto:",
        "Op do 12 nov 2026 om 10:14 schreef Fennwick Support:",
        "Em qui., 12 de nov. de 2026 às 10:14, Fennwick Support escreveu:",
        "czw., 12 lis 2026 o 10:14 Fennwick Support napisał(a):",
        "Den tors 12 nov. 2026 kl 10:14 skrev Fennwick Support:",
        "-----Ursprüngliche Nachricht-----",
        "-------- Message d'origine --------",
        "----- Mensaje reenviado -----",
    ],
)
def test_mail_quoted_under_a_foreign_header_is_not_the_customers(header: str) -> None:
    assert body(f"Where is it?\n\n{header}\n{QUOTED}\n") == "Where is it?"


@pytest.mark.parametrize(
    "closing",
    [
        "Mit freundlichen Grüßen", "Viele Grüße,", "MfG", "Cordialement,", "Bien à vous",
        "Un saludo", "Atentamente,", "Cordiali saluti", "Met vriendelijke groet,",
        "Com os melhores cumprimentos", "Pozdrawiam", "Z poważaniem,", "Med vänliga hälsningar",
        "Med venlig hilsen", "Gesendet von meinem iPhone", "Envoyé de mon iPhone",
    ],
)  # fmt: skip
def test_a_closing_in_another_language_ends_the_mail(closing: str) -> None:
    assert body(f"The hub is offline.\n\n{closing}\nJürgen Müller\n") == "The hub is offline."


@pytest.mark.parametrize(
    "line",
    [
        "Am I allowed to return it?",
        "Cordialement is what he wrote.",
        "El Paso, where I wrote from:",
    ],
)
def test_a_line_that_only_looks_like_one_stays(line: str) -> None:
    text = f"The hub is offline.\n{line}\nIt worked yesterday."
    assert body(text) == text
