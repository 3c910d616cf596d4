"""How a post reads: short on pages, with official names in papers (rule 2.2)."""

import pytest

from agencies.models import Agency, Post, PostTitle


@pytest.mark.parametrize(
    ("title", "short_name", "name", "words", "full_words"),
    [
        ("Trưởng phòng", "KT&HT", "Phòng Kinh tế và Hạ tầng", "Trưởng phòng KT&HT",
         "Trưởng phòng Kinh tế và Hạ tầng"),
        ("Chủ tịch UBND", "Xã Tân Viên", "Ủy ban nhân dân xã Tân Viên",
         "Chủ tịch UBND xã Tân Viên", "Chủ tịch Ủy ban nhân dân xã Tân Viên"),
        ("Chánh Văn phòng", "Văn phòng", "Văn phòng HĐND&UBND huyện", "Chánh Văn phòng",
         "Chánh Văn phòng HĐND&UBND huyện"),
    ],
    ids=["department", "commune", "Office"],
)  # fmt: skip
def test_shared_words_are_said_once(title, short_name, name, words, full_words):
    post = Post(title=PostTitle(name=title), agency=Agency(name=name, short_name=short_name))

    assert (post.words, post.full_words) == (words, full_words)
