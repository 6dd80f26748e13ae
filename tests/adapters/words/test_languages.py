"""Words are found in any language, with or without accents, and in scripts without spaces."""

import pytest

from assist.adapters.words import TantivyLexical, terms
from assist.adapters.words.languages import forms, function_words, stemmed_as
from assist.adapters.words.text import codes, readable, without_codes
from tests.builders import a_passage

FILLER = a_passage("The weather is fine.", document_id="filler")


@pytest.fixture
def index(tmp_path):
    return TantivyLexical(tmp_path)


def found(index, query, *passages):
    index.build("g1", [FILLER, *passages])
    return index.search("g1", query, 9, ((0, len(passages) + 1),)).rows.tolist()


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("de", "Wie Sie Ihre Rückerstattungen prüfen", "rückerstattung"),
        ("de", "Wie Sie Ihre Rückerstattungen prüfen", "Ruckerstattung"),
        ("pt-BR", "As devoluções são gratuitas", "devolução"),
        ("pt", "A devolução é gratuita", "devolucao"),
        ("pt", "A devolucao e gratuita", "devolução"),
        ("es", "La facturación mensual", "facturaciones"),
        ("fr", "Vous serez remboursée demain", "rembourser"),
        ("ru", "Возврат денежных средств", "возвраты"),
        ("hi", "आप क्या करें", "क्या"),
        ("zh", "如何重置密码？", "重置密码"),
        ("ja", "パスワードをリセットする方法", "リセット"),
        ("ko", "비밀번호를 재설정하세요", "비밀번호"),
        ("th", "รีเซ็ตรหัสผ่าน", "รหัสผ่าน"),
        ("xx", "Qapla batlh", "QAPLA"),
        ("tr", "ları", "ları"),
        ("en", "Read our re\u0301sume\u0301 here", "résumé"),
        ("en", "Read our résumé here", "resume"),
    ],
)
def test_a_word_is_found_in_its_language(index, language, text, query):
    assert found(index, query, a_passage(text, language=language)) == [1]


def test_a_query_is_read_in_every_language_that_is_held(index):
    german = a_passage("Rechnungen", title="", document_id="de", language="de")
    french = a_passage("remboursée", title="", document_id="fr", language="fr")
    assert sorted(found(index, "Rechnung rembourser", german, french)) == [1, 2]


def test_more_languages_than_are_stemmed_for_are_found_by_their_words(index):
    languages = ["ar", "da", "de", "el", "es", "fi", "fr", "hu", "it", "nl", "ru", "sv", "tr"]
    passages = [a_passage(f"wort{code}", document_id=code, language=code) for code in languages]
    assert found(index, "worttr", *passages) == [languages.index("tr") + 1]


def test_a_word_that_languages_stem_differently_is_one_term(index):
    english = a_passage("Billing questions", language="en")
    index.build("g1", [english, FILLER, a_passage("Rechnung", document_id="d", language="de")])
    assert list(index.rarity("g1", "billing")) == ["bill"]


def test_function_words_of_the_languages_held_are_told_and_english_ones_always():
    said = ["wird", "die", "rechnung", "the"]
    assert function_words(said, ["de"]) == {"wird", "die", "the"}
    assert function_words(said, ["en"]) == function_words(said, ["tr"]) == {"the"}


@pytest.mark.parametrize(
    ("tag", "key"), [("en-GB", "en"), ("pt_BR", "pt"), ("nb", "no"), ("zh", ""), ("", "")]
)
def test_a_language_tag_names_its_stemmer(tag, key):
    assert stemmed_as(tag) == key


def test_every_word_has_its_forms_in_each_language():
    assert forms(["billing", "rechnungen"], ["en", "de"]) == [
        ("bill", "billing"),
        ("rechnungen", "rechnung"),
    ]
    assert forms([], ["en"]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words", "plain words"),
        ("re\u0301sume\u0301", "résumé"),
        ("今日天気", " 今日 日天 天気 "),
        ("iPhone手机", "iPhone 手机 "),
        ("字", " 字 "),
        ("ＡＢＣ１", "ABC1"),
        ("a\ud800b", "a?b"),
        ("क्या", "कया"),
    ],
)
def test_a_text_is_made_readable(text, expected):
    assert readable(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Error E-217 on the X100.b, see kb-12", ["e217", "x100.b", "kb12"]),
        ("a 30-day trial in 2024", []),
        ("v2.1, 4-a, a_1, 12a-b", ["v2.1", "4a", "a1", "12ab"]),
        ("手机型号A12在中国", ["a12"]),
        ("x1" * 40, []),
        ("1 2 3", []),
        ("E‑217\nE–218", ["e217", "e218"]),
    ],
)
def test_codes_are_runs_of_letters_and_digits(text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize("held", [0, 3, 1000])
def test_a_text_has_the_same_terms_however_few_words_are_remembered(monkeypatch, held):
    monkeypatch.setattr(terms, "HELD", held)
    reader = terms.Reader("fr")
    for _ in range(3):
        read = reader.read("Vous serez remboursée. E-217 vous.")
        assert read.words == "vous ser rembours e 217 vous rembourse"
        assert read.content == ["rembours", "e", "217"]
        assert read.codes == "e217"
        assert reader.read("Payez demain, remboursée").content == ["pai", "demain", "rembours"]


def test_what_is_left_without_codes_are_the_words():
    assert without_codes("Error E-217 and (E-218), 12 times").split() == [
        "Error", "and", "(", "),", "12", "times",
    ]  # fmt: skip
