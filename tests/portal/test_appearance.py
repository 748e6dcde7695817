"""Language and theme follow the person, and a redirect never leaves the site."""


def test_the_choice_is_kept_with_the_person(client, cast):
    client.force_login(cast.li_na)
    client.post("/appearance/", {"language": "en", "next": "/tickets/"})
    client.post("/appearance/", {"theme": "dark"})
    cast.li_na.refresh_from_db()
    assert (cast.li_na.language, cast.li_na.theme) == ("en", "dark")
    assert 'data-bs-theme="dark"' in client.get("/").content.decode()


def test_a_visitors_choice_is_kept_in_a_cookie(client, db):
    response = client.post("/appearance/", {"language": "en", "theme": "light"})
    assert response.cookies["theme"].value == "light"


def test_foreign_addresses_and_unknown_values_are_refused(client, cast):
    client.force_login(cast.li_na)
    assert client.post("/appearance/", {"theme": "dark", "next": "https://evil.example/"})["Location"] == "/"
    assert client.post("/appearance/", {"theme": "neon"}).status_code == 422
    assert client.post("/appearance/", {"language": "xx"}).status_code == 422
    assert client.get("/appearance/").status_code == 405
