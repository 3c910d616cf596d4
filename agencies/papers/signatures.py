"""The lines above a signature, from the capacity in which it is given (rule 2.2).

Decree 30/2020/NĐ-CP art. 13 and Appendix I, item 7.
"""

from agencies.capacity import Capacity

_FOR_ANOTHER = (Capacity.COLLECTIVE, Capacity.BY_ORDER, Capacity.AUTHORISED)


def signature_lines(
    capacity: Capacity | str,
    post: str,
    *,
    on_behalf_of: str = "",
    deputy_of: str = "",
    acting: bool = False,
) -> tuple[str, ...]:
    """Write in capitals whom the signer signs for and, last, the signer's own post.

    `on_behalf_of` is the collective body (TM.) or the post that ordered or authorised (TL., TUQ.);
    `deputy_of` the head a deputy stands in for: alone with KT., or below TM. and TL. as in
    `TL. CHỦ TỊCH / KT. CHÁNH VĂN PHÒNG / PHÓ CHÁNH VĂN PHÒNG`. `acting` writes `Q.` before the
    post below another line, as in `TM. ỦY BAN NHÂN DÂN / Q. CHỦ TỊCH`.
    """
    capacity = Capacity(capacity)
    if (capacity in _FOR_ANOTHER) != bool(on_behalf_of):
        raise ValueError("TM., TL. and TUQ., and no others, name the body or post signed for")
    if capacity is Capacity.DEPUTY and not deputy_of:
        raise ValueError("KT. needs the post of the head")
    if capacity is Capacity.AUTHORISED and deputy_of:
        raise ValueError("what is authorised may not be passed on (art. 13.3)")
    lines = []
    if on_behalf_of:
        lines.append(f"{capacity} {on_behalf_of}")
    if deputy_of:
        lines.append(f"{Capacity.DEPUTY} {deputy_of}")
    acts = acting or capacity is Capacity.ACTING
    lines.append(f"{Capacity.ACTING} {post}" if acts else post)
    return tuple(line.upper() for line in lines)
