"""docs/newsletters.md says of every provider what the contract in the code says."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import pytest

from plugins.newsletters.__main__ import main
from plugins.newsletters.newsletter import read_newsletters
from plugins.newsletters.providers import CONTRACTS, Contract, Evidence
from plugins.newsroom.tables import read_table
from tests.conftest import NEWSLETTERS, ROOT, write_files

PAGE = (ROOT / "docs/newsletters.md").read_text("utf-8")
WORDS = {
    Evidence.DOCUMENTED: "the vendor's manual or source",
    Evidence.PUBLISHED: "the code that the vendor gives out",
    Evidence.PRACTICE: "seen in use only",
    Evidence.OWN: "yours",
}


def code(text: str) -> str:
    return f"`{text}`" if text else "–"


def keys(contract: Contract, *, required: bool) -> str:
    found = [f"`{key}`" for key, each in contract.fields.items() if each.required is required]
    extra = ["`hidden`"] if contract.own_inputs and not required else []
    return ", ".join([*found, *extra]) or "–"


def key_row(name: str, contract: Contract) -> str:
    """What an editor fills in."""
    kind = "form" if contract.action else "link"
    return (
        f"| `{name}` | {kind} | {keys(contract, required=True)} | {keys(contract, required=False)} "
        f"| {WORDS[contract.evidence]} |"
    )


def form_row(name: str, contract: Contract) -> str:
    """What a reader's browser sends."""
    hidden = ", ".join(f"`{key}={value}`" for key, value in contract.hidden) or "–"
    action = contract.action + (f"[{contract.query}]" if contract.query else "")
    box = "=".join(contract.box) if contract.box[0] else ""
    sent = [code(action), code(contract.email_field), hidden, code(contract.trap), code(contract.story), code(box)]
    return f"| `{name}` | {' | '.join(sent)} |"


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_contract_is_in_the_tables_as_it_is(name):
    assert key_row(name, CONTRACTS[name]) in PAGE
    if CONTRACTS[name].action:
        assert form_row(name, CONTRACTS[name]) in PAGE


def test_the_tables_name_no_provider_that_is_not_served():
    named = re.findall(r"^\| `([a-z-]+)` \| (?:form|link|`)", PAGE, re.MULTILINE)
    assert set(named) == set(CONTRACTS)


EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def test_the_examples_are_good_together():
    """The lists of all examples in one table, with what the placements and the feed say of them."""
    lists = [text for text in EXAMPLES if "[lists." in text]
    providers = set(re.findall(r'provider = "([a-z-]+)"', "".join(lists)))
    assert {"buttondown", "listmonk", "mailchimp", "form", "link"} <= providers
    table, problems = read_table("docs/newsletters.md", "\n".join(EXAMPLES).encode())
    assert problems == []
    assert [str(problem) for problem in read_newsletters(table)[1]] == []


def test_every_key_that_a_list_may_have_is_explained():
    for key in ("name", "invitation", "description", "frequency", "consent", "consent_box", "privacy", "archive"):
        assert re.search(rf"^\| `{key}` \|", PAGE, re.MULTILINE), key
    for key in {key for contract in CONTRACTS.values() for key in contract.fields} - {"link"}:
        assert f"`{key}`" in PAGE


# The command for a Content-Security-Policy.


def test_the_command_prints_what_a_policy_must_allow(tmp_path, capsys):
    write_files(tmp_path, {"data/newsletters.toml": NEWSLETTERS})
    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().out == ("form-action 'self' https://buttondown.com https://lists.courier.example\n")


@pytest.mark.parametrize(("table", "status", "told"), [(None, 0, ""), ("[lists.a]\nname = 1", 1, "table/wrong-type")])
def test_the_command_without_lists_or_with_faults(tmp_path, capsys, table, status, told):
    write_files(tmp_path, {"data/newsletters.toml": table} if table else {})
    assert main([str(tmp_path)]) == status
    out, err = capsys.readouterr()
    assert out == "form-action 'self'\n"
    assert told in err


def test_the_command_runs_as_the_docs_say():
    assert "python -m plugins.newsletters" in (ROOT / "docs/for-operators.md").read_text("utf-8")
    run = [sys.executable, "-m", "plugins.newsletters"]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    rows = tomllib.loads((ROOT / "content/data/newsletters.toml").read_text("utf-8"))
    assert done.stdout.startswith("form-action 'self' https://")
    assert rows["lists"]["weekly"]["url"] in done.stdout
