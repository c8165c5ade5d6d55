"""The API speaks the contracts' formats, says errors in one form, and describes itself."""

from __future__ import annotations

from house import PEOPLE, House, sample

from domain.field import FileReading
from domain.identity import ABOUT
from domain.vocabulary import COMPANIONS, check_facts
from intake.web.account import CONSENT_VERSION

FIELD_KEYS = {"value", "text", "page", "box", "confidence", "status", "witnesses"}
FINDING_KEYS = {"rule", "outcome", "value", "clause", "used", "missing", "parameters", "explanation"}


def test_a_reading_is_in_the_form_of_the_contract(house: House, read_case: str) -> None:
    api = house.api("shop")
    readings = api.get(f"/cases/{read_case}/readings").json()
    assert len(readings) == 2
    for reading in readings:
        assert {"file", "sha256", "pages", "error", "documents"} <= reading.keys()
        assert FileReading.from_json(reading).as_json() == reading
        for document in reading["documents"]:
            for value in document["fields"].values():
                assert value.keys() >= FIELD_KEYS
                assert all(0 <= edge <= 1 for edge in value["box"])
    paper = api.get(f"/cases/{read_case}/papers").json()[0]
    assert api.get(f"/papers/{paper['id']}/reading").json() == readings[0]


def test_facts_are_what_the_command_line_takes_back(house: House, read_case: str) -> None:
    facts = house.api("shop").get(f"/cases/{read_case}/facts").json()
    assert set(COMPANIONS) <= facts.keys()
    known = check_facts(facts)
    assert known["org.name"]
    assert {f for f in known if not f.startswith(ABOUT)} == set(facts["origins"])


def test_a_decision_is_in_the_form_of_the_contract(house: House, read_case: str) -> None:
    decision = house.api("shop").get(f"/cases/{read_case}/decision").json()
    assert decision["programme"] == "green-giant"
    assert len({f["rule"] for f in decision["findings"]}) == len(decision["findings"])
    for finding in decision["findings"]:
        assert finding.keys() >= FINDING_KEYS
        assert finding["clause"].keys() >= {"citation", "text", "source"}


def test_a_whole_case_through_the_api(house: House) -> None:
    api = house.api("rival")
    made = api.post("/cases", json={"programme": "sme-std"})
    assert made.status_code == 201
    number = made.json()["number"]
    letter = sample("letter-company-q0").read_bytes()
    assert api.post(f"/cases/{number}/papers", files={"file": ("a.pdf", letter)}).status_code == 403
    consented = api.post("/cases", json={"programme": "sme-std", "consent": CONSENT_VERSION}).json()["number"]
    taken = api.post(f"/cases/{consented}/papers", files=[("file", ("a.pdf", letter)), ("file", ("b.pdf", b""))])
    assert taken.status_code == 202
    assert taken.json()["refused"][0]["code"] == "empty"
    house.settle(consented)
    version = api.get(f"/cases/{consented}").json()["version"]
    given = {"org.industry_section": "製造業", "fin.paid_in_capital": 30_000_000}
    entered = api.post(f"/cases/{consented}/entries", json={"version": version, "values": given, "why": "電話"})
    assert entered.status_code == 201
    assert entered.json()["version"] == version + 2
    assert api.post(f"/cases/{consented}/entries", json={"version": version, "values": {"contact.name": "後"}}).status_code == 409
    sent = api.post(f"/cases/{consented}/submit", json={"version": entered.json()["version"]})
    assert sent.json()["state"] == "submitted"
    paper = taken.json()["papers"][0]["id"]
    assert api.delete(f"/papers/{paper}", params={"version": sent.json()["version"]}).status_code == 403


def test_an_applicant_states_nothing_that_is_the_offices_to_find(house: House) -> None:
    number = house.read_case()
    api = house.api("shop")
    version = api.get(f"/cases/{number}").json()["version"]
    barred = {"doc.guidance_plan": True, "cmp.labor_dispute": False, "app.submitted_date": "2019-02-20", "review.result": "通過"}
    for field, value in barred.items():
        assert api.post(f"/cases/{number}/entries", json={"version": version, "values": {field: value}}).status_code == 403, field


def test_errors_have_one_form(house: House) -> None:
    api = house.api("shop")
    answers = {
        "not_found": api.get("/cases/9990101-0001"), "usage": api.post("/cases", json={"programme": "no-such"}),
        "not_allowed": api.get("/audit"), "method_not_allowed": api.put("/cases"),
    }
    for code, answer in answers.items():
        error = answer.json()["error"]
        assert set(error) == {"code", "message"}
        assert error["code"] == code
        assert error["message"].endswith(("。", "）"))
    assert api.get("/no-such-call").json()["error"]["code"] == "not_found"
    wrong = house.visitor().client.post("/api/v1/sessions", json={"login": PEOPLE["shop"][0], "password": "Wrong-Horse-8"})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (401, "wrong_sign_in")
    unknown = api.post("/cases/x/entries", json={"version": 0})
    assert unknown.status_code == 422


def test_a_wrong_field_or_value_is_named(house: House) -> None:
    number = house.read_case()
    api = house.api("shop")
    version = api.get(f"/cases/{number}").json()["version"]
    bad = api.post(f"/cases/{number}/entries", json={"version": version, "values": {"fin.paid_in_capital": "很多"}})
    assert bad.status_code == 422
    assert "實收資本額" in bad.json()["error"]["message"]
    assert api.get(f"/cases/{number}").json()["version"] == version


def test_the_api_describes_itself(house: House) -> None:
    client = house.visitor().client
    described = client.get("/api/v1/openapi.json").json()
    assert described["info"]["title"].startswith("收文")
    paths = described["paths"]
    for path in ("/api/v1/cases", "/api/v1/cases/{number}/papers", "/api/v1/papers/{paper_id}/reading", "/api/v1/cases/{number}/decision",
                 "/api/v1/cases/{number}/forms", "/api/v1/audit/verify", "/api/v1/programmes", "/api/v1/forms"):
        assert path in paths
    assert all(call.get("tags") for calls in paths.values() for call in calls.values())
    for name in ("SignIn", "NewCase", "NewEntries"):
        assert described["components"]["schemas"][name]["example"]
    page = client.get("/api").text
    assert all(path in page for path in paths)


def test_signing_out_ends_the_token(house: House) -> None:
    api = house.api("shop")
    assert api.get("/cases").status_code == 200
    assert api.delete("/sessions").status_code == 204
    assert api.get("/cases").status_code == 401
