"""The way to a secured cluster: API key and certificate, right and wrong. The site never falls silent over either.

Elastic's minimal build cannot make API keys (its index of them needs an analysis module it lacks), so the real
server stands behind a gate that asks for the key and speaks TLS.
"""

import shutil
import subprocess

import pytest

from search import engines, outbox
from search.engines.base import EngineQuery, EngineUnavailable, SearchDocument
from search.engines.elastic_connection import Connection, Server
from tests.factories.kb import PowerItemFactory
from tests.search import gate as gates

pytestmark = pytest.mark.servers

KEY = "VuaCfGcBCdbkQm-e5aOx:ui2lp2axTNmsyakw9tvNnw"
DOCUMENTS = [SearchDocument(key=f"item:{n}", kind="item", title=f"占道经营 {n}", url="/") for n in range(3)]
PATIENT = 20.0


def openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], check=True, cwd=folder, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A folder with an authority, a certificate of it for 127.0.0.1, and a strange authority."""
    if not shutil.which("openssl"):
        pytest.skip("needs openssl to make certificates")
    folder, new = tmp_path_factory.mktemp("tls"), ("req", "-newkey", "rsa:2048", "-nodes")
    for name in ("ca", "strange"):
        openssl(folder, *new, "-x509", "-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", f"/CN={name}")
    address = ("-addext", "subjectAltName=IP:127.0.0.1")
    openssl(folder, *new, "-keyout", "http.key", "-out", "http.csr", "-subj", "/CN=es", *address)
    signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-copy_extensions", "copy")
    openssl(folder, "x509", "-req", "-in", "http.csr", "-out", "http.pem", *signed)
    return folder


@pytest.fixture
def secured(search_server, authority, elasticsearch_engine, monkeypatch):
    """`secured(key, ca)` is the engine of a site with these settings."""
    direct = elasticsearch_engine.connection
    monkeypatch.setattr(engines, "_made", lambda name, directory: elasticsearch_engine)
    with gates.opened(search_server, (authority / "http.pem", authority / "http.key")) as (gate, url):
        gate.api_key = KEY

        def with_settings(key, ca="ca.pem"):
            elasticsearch_engine.connection = Connection(Server(url, key, str(authority / ca), PATIENT))
            return elasticsearch_engine

        yield with_settings
        elasticsearch_engine.connection = direct


def test_with_key_and_certificate_all_works(secured):
    engine = secured(KEY)
    assert engine.rebuild(DOCUMENTS) == len(DOCUMENTS)
    assert engine.replace(["item:1"], []) == 0
    assert engine.search(EngineQuery()).total == len(DOCUMENTS) - 1


@pytest.mark.parametrize("key", ["", "wrong"])
def test_a_wrong_or_missing_key_is_named_as_the_cause(secured, key):
    engine = secured(key)
    with pytest.raises(EngineUnavailable, match="SEARCH_API_KEY（401）"):
        engine.search(EngineQuery())
    with pytest.raises(EngineUnavailable, match="SEARCH_API_KEY（401）"):
        engine.rebuild(DOCUMENTS)
    assert not engine.connection.breaker.is_open


def test_a_server_of_a_strange_authority_is_not_spoken_to(secured):
    engine = secured(KEY, ca="strange.pem")
    with pytest.raises(EngineUnavailable, match="SEARCH_CA_FILE"):
        engine.search(EngineQuery())


def test_meanwhile_the_page_answers_from_the_database(secured, client, db):
    PowerItemFactory(name="对占道摆放桌椅的处罚")
    secured(KEY)
    outbox.rebuild()
    assert "检索服务暂不可用" not in client.get("/search/", {"q": "占道桌椅"}).content.decode()
    secured("revoked")
    page = client.get("/search/", {"q": "占道桌椅"}).content.decode()
    assert "检索服务暂不可用" in page
    assert "摆放桌椅" in page.replace("<mark>", "").replace("</mark>", "")
