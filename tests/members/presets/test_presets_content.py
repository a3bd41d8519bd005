"""What the two presets of the portal say: whole in both languages, and agreeing with themselves."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from members.enums import HelixRole
from members.rules import presets
from members.rules.preset_shapes import Preset
from members.rules.statute import StatuteRules
from tests.members.presets.conftest import FILES

NINE_DOMAINS = ["biotech", "cyber", "elearning", "onehealth", "textile", "c2", "isr", "cip", "materials"]


def texts_of(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a preset with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from texts_of(item, f"{place}[{getattr(item, 'code', number)}]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name), f"{place}.{field.name}")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts_of(item, f"{place}.{key}")


def in_the_other_language(place: str, language: str, other: str) -> str:
    """Where the translation of the text at this place stands; "" for a text that has no language."""
    found, times = re.subn(rf"_{language}(?=(\[\d+\])?$)", f"_{other}", place)
    return found if times else ""


def test_each_file_is_named_after_its_cluster_and_the_two_clusters_are_there() -> None:
    assert {path.stem for path in FILES} >= {"dual-use", "proeco-cbrne"}
    assert [presets.load(path).cluster.code for path in FILES] == [path.stem for path in FILES]


def test_every_text_that_is_written_in_one_language_is_written_in_the_other(preset: Preset) -> None:
    texts = dict(texts_of(preset))
    romanian = {other: text for place, text in texts.items() if (other := in_the_other_language(place, "ro", "en"))}
    english = {place for place in texts if in_the_other_language(place, "en", "ro")}
    assert romanian.keys() == english
    assert [place for place in romanian if not romanian[place].strip() or not texts[place].strip()] == []


def test_romanian_is_written_with_comma_letters_and_in_one_unicode_form(preset: Preset) -> None:
    assert [place for place, text in texts_of(preset) if re.search("[şţŞŢ\u0300-\u036f]", text)] == []


def test_long_texts_are_really_translated(preset: Preset) -> None:
    texts = dict(texts_of(preset))
    pairs = {place: texts.get(in_the_other_language(place, "ro", "en")) for place in texts}
    assert [place for place, english in pairs.items() if len(texts[place]) > 30 and texts[place] == english] == []


def test_codes_are_unique_in_the_vocabulary(preset: Preset) -> None:
    assert [code for code, times in Counter(tag.code for tag in preset.vocabulary).items() if times > 1] == []


def test_a_parent_stands_before_its_children_and_in_the_same_tree(preset: Preset) -> None:
    seen: dict[str, str] = {}
    for tag in preset.vocabulary:
        if tag.parent is None:
            assert tag.root == tag.code
        else:
            assert seen[tag.parent] == tag.root
        seen[tag.code] = tag.root


def test_names_of_tags_are_unique_within_a_tree(preset: Preset) -> None:
    for language in ("name_ro", "name_en"):
        names = Counter((tag.root, getattr(tag, language).casefold()) for tag in preset.vocabulary)
        assert [name for name, times in names.items() if times > 1] == []


def test_the_two_clusters_use_all_six_helix_roles(dual_use: Preset, cbrne: Preset) -> None:
    for preset in (dual_use, cbrne):
        assert [role.code for role in preset.helix_roles] == HelixRole.values
        assert all(role.subtypes for role in preset.helix_roles)


def test_statute_rules_survive_being_written_and_read(preset: Preset) -> None:
    rules = preset.statute.rules
    assert StatuteRules.parse(preset.statute.rules_source) == rules
    assert StatuteRules.parse(rules.to_dict()) == rules


def test_articles_stand_in_the_order_of_their_numbers(preset: Preset) -> None:
    numbers = [article.number for article in preset.statute.articles]
    assert numbers == sorted(numbers)
    assert len(numbers) >= 12


def test_every_rule_cites_its_article(preset: Preset) -> None:
    parameters = {field.name for field in fields(StatuteRules)} - {"articles"}
    assert parameters - preset.statute.rules.articles.keys() == set()


def test_the_cited_article_states_the_number_that_the_rule_applies(preset: Preset) -> None:
    """The text shown beside a step must not contradict the rule that the portal applies."""
    rules = preset.statute.rules
    numbers = {
        "completion_grace_days": rules.completion_grace_days,
        "objection_window_days": rules.objection_window_days,
        "decision_deadline_days": rules.decision_deadline_days,
        "result_notice_days": rules.result_notice_days,
        "withdrawal_notice_days": rules.withdrawal_notice_days,
        "readmission_wait_days": rules.readmission_wait_days.exclusion,
        "review_interval_months": rules.review_interval_months,
        "written_procedure": rules.written("admission").min_days,
        "min_eligible": rules.min_eligible,
        "exclusion": rules.exclusion.hearing_days,
        "appeal": rules.appeal.days,
    }
    limited = [kind.max_term_months for kind in rules.membership_types if kind.max_term_months]
    aged = [document.max_age_days for document in rules.required_documents if document.max_age_days]
    numbers |= {"membership_types": limited[0]} if limited else {}
    numbers |= {"required_documents": aged[0]} if aged else {}
    if any(rules.voting(matter).second_quorum for matter in rules.matters):
        numbers["second_convening_days"] = rules.second_convening_days
    articles = {str(article.number): article for article in preset.statute.articles}
    for parameter, number in numbers.items():
        article = articles[rules.articles[parameter]]
        for paragraphs in (article.paragraphs_ro, article.paragraphs_en):
            if number:
                assert re.search(rf"\b{number}\b", " ".join(paragraphs)), (parameter, number, article.number)


def test_contact_data_of_the_demonstrations_are_on_reserved_domains(dual_use: Preset, cbrne: Preset) -> None:
    for preset in (dual_use, cbrne):
        assert preset.cluster.email.endswith(".example.org")
        assert preset.cluster.website.endswith(".example.org")


def test_dual_use_publishes_nine_domains_each_with_its_own_words(dual_use: Preset) -> None:
    children = Counter(tag.parent for tag in dual_use.vocabulary)
    assert [tag.code for tag in dual_use.vocabulary if tag.parent == "DOMAIN"] == NINE_DOMAINS
    assert all(4 <= children[domain] <= 10 for domain in NINE_DOMAINS), children


def test_dual_use_list_has_fifty_leaves_that_do_not_score(dual_use: Preset) -> None:
    leaves = [tag for tag in dual_use.vocabulary if tag.root == "DUAL" and tag.row]
    assert len(leaves) == 50
    assert (leaves[0].code, leaves[-1].code) == ("0A", "9E")
    assert leaves[15].code == "3A"
    assert leaves[15].name_en == "3A Electronics: systems, equipment and components"
    assert leaves[15].name_ro == "3A Electronică: sisteme, echipamente și componente"
    assert {tag.scored for tag in dual_use.vocabulary if tag.root == "DUAL"} == {False}
    assert {tag.scored for tag in dual_use.vocabulary if tag.root != "DUAL"} == {True}


def test_dual_use_matrix_has_domains_by_maturity(dual_use: Preset) -> None:
    assert (dual_use.matrix.rows, dual_use.matrix.columns) == ("DOMAIN", "maturity")


def test_dual_use_statute_differs_as_the_clusters_do(dual_use: Preset, cbrne: Preset) -> None:
    rules = dual_use.statute.rules
    assert rules.voting("admission").majority.kind == "simple_cast"
    assert rules.objection_window_days == 15
    other = cbrne.statute.rules
    assert other.voting("admission").majority.kind == "majority_present"
    assert other.objection_window_days == 0


def test_cbrne_has_fifty_five_cells_under_their_fields(cbrne: Preset) -> None:
    cells = {tag.code: tag for tag in cbrne.vocabulary if tag.row}
    assert len(cells) == 55
    assert cells["C-detect"].parent == "C"
    assert (cells["C-detect"].row, cells["C-detect"].column) == ("detect", "C")
    assert cells["C-detect"].name_en == "Chemical: detection, identification and monitoring"
    assert cells["C-detect"].name_ro == "Chimic: detecție, identificare și monitorizare"
    assert [tag.code for tag in cbrne.vocabulary if tag.parent == "CBRNE"] == ["C", "B", "R", "N", "E"]


def test_cbrne_matrix_has_functions_by_fields(cbrne: Preset) -> None:
    assert (cbrne.matrix.rows, cbrne.matrix.columns) == ("FUNCTION", "FIELD")


def test_cbrne_wants_legal_persons_with_evidence_in_a_field_and_function(cbrne: Preset) -> None:
    rules = cbrne.statute.rules
    associate = rules.membership_type("associate")
    assert associate is not None
    assert associate.legal_persons_only
    assert rules.eligibility.field_evidence_required
    assert cbrne.statute.field_root == "CBRNE"
    assert [document.optional for document in rules.required_documents if document.code == "contribution"] == [False]
    assert rules.articles["adhesion"] == "11"
