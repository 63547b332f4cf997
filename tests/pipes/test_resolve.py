"""From candidates to entities, with weights made by hand."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Span

from arxivie.pipes.candidates import Candidate
from arxivie.pipes.decode import ENTITY_TYPES
from arxivie.pipes.entities import EntityRecord, found_by, stored_entities
from arxivie.pipes.entity_features import Tagged
from arxivie.pipes.linear import LinearModel
from arxivie.pipes.pointer import Pointer
from arxivie.pipes.resolve import UNTRAINED, Resolver, best_name, hopeless
from arxivie.pipes.roles import ROLES

#: a rule that is nearly always right, one that is often right, and one that hardly ever is
SURE, LIKELY, WRONG = {"no": -3.0, "yes": 3.0}, {"no": -1.0, "yes": 1.0}, {"no": 3.0, "yes": -3.0}


def model(rules: dict[str, dict[str, float]], classes: tuple[str, ...] = ("no", "yes")) -> LinearModel:
    return LinearModel(classes, {f"rule={rule}": [w.get(c, 0.0) for c in classes] for rule, w in rules.items()})


MODELS = {
    "entity.dataset": model({"dataset.sure": SURE, "dataset.likely": LIKELY, "dataset.wrong": WRONG,
                             "dataset.shape": {"no": 4.0}}),
    "entity.method": model({"method.sure": SURE, "method.likely": LIKELY, "method.shape": {"no": 4.0},
                            "method.generic-names": {"no": -3.0, "generic": 3.0}}, ("no", "yes", "generic")),
    "entity.task": model({"task.sure": SURE}),
    "entity.metric": model({"metric.sure": SURE}),
    "role.dataset": LinearModel(ROLES["dataset"], {"-1=introduce": [2.0, 0.0, 0.0], "bias": [0.0, 1.0, 0.0]}),
    "role.method": LinearModel(ROLES["method"], {"bias": [1.0, 0.0, 0.0, 0.0], "-1=than": [0.0, 5.0, 0.0, 0.0]}),
}  # fmt: skip
RESOLVER = Resolver(MODELS, lambda doc: None, {"metric:miou": "mIoU"})


def marked(doc: Doc, *spans: tuple[str, str, str] | tuple[str, str, str, str]) -> Doc:
    """The Doc with a finder's spans: (label, surface, rule[, canonical])."""
    for label, surface, rule, *canonical in spans:
        at = doc.text.index(surface)
        place = doc.char_span(at, at + len(surface))
        made = Span(doc, place.start, place.end, label, kb_id="".join(canonical), span_id=rule)
        doc.spans[label] = [*doc.spans.get(label, ()), made]
    return doc


def names(entities: list[EntityRecord]) -> list[tuple[str, str]]:
    return [(e.label, e.name) for e in entities]


def test_the_likely_stay_and_the_unlikely_go(read) -> None:
    doc = marked(read("on foo, bar and baz"), ("dataset", "foo", "dataset.sure"), ("dataset", "bar", "dataset.wrong"),
                 ("dataset", "baz", "dataset.likely"))  # fmt: skip
    found = RESOLVER.resolve(doc)
    assert names(found) == [("dataset", "foo"), ("dataset", "baz")]
    assert found[0].confidence > found[1].confidence > 0.5


def test_the_likelier_of_two_that_overlap_keeps_the_mention(read) -> None:
    doc = marked(read("on the foo bar set"), ("dataset", "foo bar", "dataset.sure"),
                 ("dataset", "bar set", "dataset.likely"))  # fmt: skip
    assert names(RESOLVER.resolve(doc)) == [("dataset", "foo bar")]


def test_the_loser_keeps_its_other_mentions(read) -> None:
    doc = marked(read("on foo bar and on bar alone"), ("dataset", "foo bar", "dataset.sure"),
                 ("dataset", "bar", "dataset.likely"))  # fmt: skip
    found = RESOLVER.resolve(doc)
    assert [[doc[a:b].text for a, b in e.mentions] for e in found] == [["foo bar"], ["bar"]]
    assert found[1].mentions == [(5, 6)]


def test_forms_of_one_name_are_one_entity(read) -> None:
    doc = marked(read("CIFAR-10 and CIFAR 10 here"), ("dataset", "CIFAR-10", "dataset.sure"),
                 ("dataset", "CIFAR 10", "dataset.likely"))  # fmt: skip
    (e,) = RESOLVER.resolve(doc)
    assert e.surfaces == ["CIFAR-10", "CIFAR 10"]
    assert e.rules == ["dataset.likely", "dataset.sure"]
    assert e.found_by == ["rule"]


def test_a_name_has_one_label(read) -> None:
    doc = marked(read("with foo here"), ("dataset", "foo", "dataset.likely"), ("method", "foo", "method.sure"))
    assert names(RESOLVER.resolve(doc)) == [("method", "foo")]


def test_a_task_may_share_its_name(read) -> None:
    doc = marked(read("with foo here"), ("task", "foo", "task.sure"), ("method", "foo", "method.sure"))
    assert names(RESOLVER.resolve(doc)) == [("method", "foo"), ("task", "foo")]


def test_a_family_is_generic(read) -> None:
    (e,) = RESOLVER.resolve(marked(read("a gan here"), ("method", "gan", "method.generic-names")))
    assert e.generic
    assert e.found_by == ["names"]


def test_metrics_go_by_their_canonical_name(read) -> None:
    doc = marked(read("the mean IoU and recall"), ("metric", "mean IoU", "metric.sure", "metric:miou"),
                 ("metric", "recall", "metric.sure"))  # fmt: skip
    found = RESOLVER.resolve(doc)
    assert names(found) == [("metric", "mIoU"), ("metric", "recall")]
    assert found[0].surfaces == ["mean IoU"]


def test_roles_come_from_the_context(read) -> None:
    doc = marked(read("we introduce foo, train on bar and beat baz better than qux"),
                 ("dataset", "foo", "dataset.sure"), ("dataset", "bar", "dataset.sure"),
                 ("method", "baz", "method.sure"), ("method", "qux", "method.sure"))  # fmt: skip
    assert [(e.name, e.role) for e in RESOLVER.resolve(doc)] == [
        ("foo", "introduced"), ("bar", "used"), ("baz", "proposed"), ("qux", "compared"),
    ]  # fmt: skip


def test_the_tagger_s_opinion_on_roles_counts_where_a_model_knows_it(read) -> None:
    def opinion(mentions, label):
        return [0.0 if role == "mentioned" else -9.0 for role in ROLES[label]]

    view = Tagged(frozenset(), lambda start, end: dict.fromkeys(ENTITY_TYPES, 0.5), opinion, lambda token: 0.0)
    models = MODELS | {key.replace("entity.", "entity+tagger."): m for key, m in MODELS.items()}
    doc = marked(read("on foo"), ("dataset", "foo", "dataset.sure"))
    (e,) = Resolver(models, lambda doc: view, {}).resolve(doc)
    assert e.role == "used"
    own = {f"tagger={role}": [float(role == other) for other in ROLES["dataset"]] for role in ROLES["dataset"]}
    models["role+tagger.dataset"] = LinearModel(ROLES["dataset"], models["role.dataset"].weights | own)
    (e,) = Resolver(models, lambda doc: view, {}).resolve(doc)
    assert e.role == "mentioned"


@pytest.mark.parametrize(("score", "kept"), [(-1.0, True), (-1.5, False)])
def test_with_a_tagger_an_unlikely_metric_is_doubtful(read, score: float, kept: bool) -> None:
    view = Tagged(frozenset(), lambda start, end: dict.fromkeys(ENTITY_TYPES, 0.0), lambda mentions, label: [], float)
    models = MODELS | {"entity.metric": LinearModel(("no", "yes"), {"bias": [0.0, score]})}
    doc = marked(read("better purity"), ("metric", "purity", "metric.sure"))
    assert Resolver(models, lambda doc: None, {}).resolve(doc) == []
    found = Resolver(models, lambda doc: view, {}).resolve(doc)
    assert [(e.name, e.doubtful) for e in found] == [("purity", True)] * kept
    Resolver(models, lambda doc: view, {})(doc)
    assert stored_entities(doc) == []


def proposed_by(label: str, rule: str, partners: set[str]) -> Candidate:
    """A candidate with one mention, the first token."""
    made = Candidate(label, "purity", mentions=[(0, 1)], partners=partners)
    made.found[0, 1].add(rule)
    return made


@pytest.mark.parametrize(
    ("rule", "chance", "partner", "gone"),
    [("metric.shape", 0.01, False, True), ("metric.shape", 0.03, False, False), ("metric.sure", 0.01, False, False),
     ("metric.shape", 0.01, True, False)],
)  # fmt: skip
def test_what_nothing_speaks_for_is_not_weighed(rule: str, chance: float, partner: bool, gone: bool) -> None:
    chances = dict.fromkeys(ENTITY_TYPES, chance)
    view = Tagged(frozenset(), lambda start, end: chances, lambda mentions, label: [], float)
    assert hopeless(proposed_by("metric", rule, {"p"} if partner else set()), view) is gone


def test_what_a_figure_points_to_is_never_hopeless() -> None:
    links = [[0.1, 0.9, 0.0, 0.0]]
    read = Pointer({"figure": 3, "window": [0], "links": links, "kinds": [0.1, 0.9, 0.0, 0.0, 0.0, 0.0]})
    chances = dict.fromkeys(ENTITY_TYPES, 0.0)
    view = Tagged(frozenset(), lambda start, end: chances, lambda mentions, label: [], float, {3: read})
    for label, gone in (("metric", False), ("dataset", True)):
        assert hopeless(proposed_by(label, f"{label}.shape", set()), view) is gone


def test_a_label_without_weights_has_what_rules_support(read) -> None:
    models = {name: m for name, m in MODELS.items() if name != "entity.task"}
    resolver = Resolver(models, lambda doc: None, {})
    doc = marked(
        read("lane detection and foo"), ("task", "lane detection", "task.named"), ("task", "foo", "task.shape")
    )
    (e,) = resolver.resolve(doc)
    assert (e.name, e.confidence) == ("lane detection", UNTRAINED)


def test_the_component_replaces_candidates_by_mentions(read) -> None:
    doc = marked(read("on foo and foo, not bar"), ("dataset", "foo", "dataset.sure", "dataset:foo"),
                 ("dataset", "bar", "dataset.wrong"))  # fmt: skip
    RESOLVER(doc)
    assert [(s.text, s.id_, s.kb_id_) for s in doc.spans["dataset"]] == [("foo", "dataset.sure", "dataset:foo")] * 2
    assert names(stored_entities(doc)) == [("dataset", "foo")]
    assert [len(doc.spans[label]) for label in ("method", "task", "metric")] == [0, 0, 0]


def test_a_doc_without_sentences_is_given_some(read) -> None:
    bare = Doc(read("x").vocab, words=["We", "use", "foo", "."])
    assert not bare.has_annotation("SENT_START")
    doc = RESOLVER(marked(bare, ("dataset", "foo", "dataset.sure")))
    assert names(stored_entities(doc)) == [("dataset", "foo")]


def test_an_empty_doc_has_no_entities(read) -> None:
    assert stored_entities(RESOLVER(read(""))) == []


@pytest.mark.parametrize(
    ("rules", "kinds"),
    [
        (["dataset.names"], ["names"]),
        (["dataset.named-corpus"], ["rule"]),
        (["dataset.names-weak", "dataset.tagger"], ["model", "names"]),
        (["metric.measured", "metric.pointer"], ["model", "rule"]),
        (["method.generic-names", "method.new", "method.tagger"], ["model", "names", "rule"]),
    ],
)
def test_who_found_it(rules: list[str], kinds: list[str]) -> None:
    assert found_by(rules) == kinds


@pytest.mark.parametrize(
    ("surfaces", "partners", "name"),
    [
        (["Foo Bar Net", "FBN"], {"fbn": {"foobarnet"}, "foobarnet": {"fbn"}}, "FBN"),
        (["Foo Bar Net"], {}, "Foo Bar Net"),
        (["GANs", "GAN"], {}, "GAN"),
        (["FooNets"], {}, "FooNets"),
        (["FooNet", "FOONET"], {}, "FooNet"),
    ],
)
def test_the_best_name(surfaces: list[str], partners: dict[str, set[str]], name: str) -> None:
    group = [Candidate("method", key, partners=others) for key, others in partners.items()]
    assert best_name(surfaces, group or [Candidate("method", "x")]) == name


def test_names_of_the_user_s_own_are_kept_whatever_their_weight(read) -> None:
    doc = marked(read("on foo and bar"), ("dataset", "foo", "dataset.names", "dataset:foo"),
                 ("dataset", "bar", "dataset.names-weak", "dataset:bar"))  # fmt: skip
    doubting = MODELS | {"entity.dataset": LinearModel(("no", "yes"), {"bias": [3.0, 0.0]})}
    assert Resolver(doubting, lambda doc: None, {}).resolve(doc) == []
    own = Resolver(doubting, lambda doc: None, {}, frozenset({"dataset:foo", "dataset:bar"}))
    assert names(own.resolve(doc)) == [("dataset", "foo")]
