from lessons.pages.publishing.terms import definitions, with_letters, with_previews

GLOSSARY = """\
<h1 id="glossary">Glossary</h1><p>Each entry.</p>
<h3 id="leaf">Leaf<a class="headerlink" href="#leaf">¶</a></h3>
<p>Where a <a href="#graph">graph</a> begins. <a href="../../a/#x">One</a>,
<a href="../../b/#y">two</a></p>
<h3 id="rate">Rate</h3>
<p>How <em>far</em> &lt; all.</p><p>Also <code>lr</code>.</p>
<h3 id="none">None</h3>"""
PAGE = (
    '<body><nav><a href="../reference/glossary/#rate">x</a></nav><article>'
    '<a href="../reference/glossary/#leaf">leaf</a> <a href="../other/#rate">y</a>'
    "</article></body>"
)


def test_a_definition_is_the_text_without_its_links() -> None:
    assert definitions(GLOSSARY) == {
        "leaf": "<p>Where a graph begins.</p>",
        "rate": "<p>How <em>far</em> &lt; all.</p><p>Also <code>lr</code>.</p>",
        "none": "",
    }


def test_a_page_carries_the_terms_that_its_article_links_to() -> None:
    page = with_previews(PAGE, definitions(GLOSSARY))
    template = '<template id="terms"><div data-term="leaf"><p>Where a graph begins.</p>'
    assert page == PAGE.replace("</body>", f"{template}</div></template></body>")


def test_a_page_without_terms_stays_as_it_is() -> None:
    assert with_previews(PAGE, {}) == PAGE
    assert definitions("") == {}


def test_the_terms_are_under_their_letters() -> None:
    terms = ("Ab", "Ac", "bd")
    headings = [f"### {term} {{ #{term.lower()} }}\n\n" for term in terms]
    text = f"# G\n\n<!-- letters -->\n\n{''.join(headings)}"
    letters = "[A](#letter-a) [B](#letter-b)\n{ .letters }"
    a, b = (f"## {letter} {{ #letter-{letter.lower()} }}\n\n" for letter in "AB")
    below = f"{a}{headings[0]}{headings[1]}{b}{headings[2]}"
    assert with_letters(text) == f"# G\n\n{letters}\n\n{below}"


def test_a_page_without_letters_stays_as_it_is() -> None:
    assert with_letters("# G\n\n### Ab { #ab }\n") == "# G\n\n### Ab { #ab }\n"
