"""Tasks given without a directive: by whom, to whom, how long ago, due when, and what came of it.

`due` counts days from today (−41: overdue for 41 days when nobody reported); a term is words.
"""

from dataclasses import dataclass
from datetime import datetime

from agencies.deadlines import local_day, parse
from reports.demonstration.stage import Stage
from reports.demonstration.telling import live
from reports.demonstration.timeline import Story
from tasks.lifecycle import assign
from tasks.models import Task

BRIEFING = "Kết luận giao ban tuần của Chủ tịch UBND huyện"
CITY = "Thông báo kết luận của UBND thành phố, giao qua Văn phòng"
PHONE = "Chỉ đạo trực tiếp của Phó Chủ tịch UBND huyện"
PARTY = "Kết luận của Ban Thường vụ Huyện ủy"
ASKED_BY = {
    BRIEFING: "chu-tich-huyen",
    CITY: "ubnd-thanh-pho",
    PHONE: "pho-chu-tich-huyen",
    PARTY: "huyen-uy",
}
OFFICERS = ("chuyenvien", "chuyenvien2", "chuyenvien3")


@dataclass(frozen=True)
class Work:
    """One task and its story in the words of `telling`."""

    lead: str
    title: str
    given: int
    due: int | str | None
    story: str = ""
    source: str = BRIEFING
    product: str = "Báo cáo"
    competence: str = ""
    helpers: str = ""
    is_key: bool = False


TNMT = "tai-nguyen-moi-truong"
LDTBXH = "lao-dong-thuong-binh-xa-hoi"

OPEN = (
    Work(
        TNMT,
        "Xử lý dứt điểm hồ sơ cấp giấy chứng nhận quyền sử dụng đất tồn đọng tại 05 xã",
        55,
        -9,
        "accept 54; progress 40 40; progress 12 70",
        competence="dat-dai-moi-truong",
        helpers="tt-quy-dat xa-quang-trung",
        is_key=True,
    ),
    Work(
        TNMT,
        "Kiểm tra việc khai thác đất, cát trái phép ven sông Văn Úc",
        20,
        0,
        "accept 19; progress 8 60",
        CITY,
        "Biên bản kiểm tra",
        "dat-dai-moi-truong",
        "cong-an",
    ),
    Work(
        TNMT,
        "Tham mưu phương án xử lý rác thải sinh hoạt khi bãi rác Quốc Tuấn đóng cửa",
        15,
        2,
        "accept 13; progress 5 50",
        product="Phương án",
        helpers="xa-quoc-tuan kinh-te-ha-tang",
    ),
    Work(
        TNMT,
        "Rà soát các dự án chậm đưa đất vào sử dụng trên địa bàn huyện",
        26,
        6,
        "accept 25; progress 15 40; report 7; send_back 5",
        CITY,
        "Danh mục dự án",
        "dat-dai-moi-truong",
    ),
    Work(TNMT, "Lập danh sách vị trí quan trắc nước ngầm bổ sung năm sau", 2, 16),
    Work(
        TNMT,
        "Công khai kết quả kiểm kê đất đai trên Cổng thông tin điện tử huyện",
        12,
        "20 ngày làm việc",
        "accept 11",
        product="Quyết định công bố",
    ),
    Work(
        "kinh-te-ha-tang",
        "Khắc phục hư hỏng đường liên xã An Thái – Mỹ Đức sau mưa bão",
        170,
        -130,
        "accept 168; progress 150 30; progress 90 50",
        PHONE,
        "Biên bản nghiệm thu",
        "kinh-te-ha-tang",
        "ban-qlda xa-an-thai xa-my-duc",
        True,
    ),
    Work(
        "ban-qlda",
        "Hoàn thành hồ sơ quyết toán dự án Trường THCS Lương Khánh Thiện",
        112,
        -62,
        "accept 110; progress 80 50; progress 33 70",
        CITY,
        "Hồ sơ quyết toán",
        "du-an",
        "tai-chinh-ke-hoach",
        True,
    ),
    Work(
        "tt-quy-dat",
        "Chi trả bồi thường giải phóng mặt bằng dự án cải tạo Quốc lộ 10",
        75,
        -41,
        "accept 74; progress 50 60",
        CITY,
        "Bảng tổng hợp chi trả",
        "quy-dat",
        "xa-quoc-tuan",
    ),
    Work(
        "xa-tan-vien",
        "Giải tỏa các trường hợp lấn chiếm hành lang thoát nước thôn Đại Hoàng",
        60,
        -27,
        "accept 59; progress 30 30",
    ),
    Work(
        "van-hoa-thong-tin",
        "Tham mưu xếp hạng di tích đình Cao Mật",
        50,
        -16,
        "accept 49; progress 25 60",
        PARTY,
        "Hồ sơ di tích",
    ),
    Work(
        "xa-quang-trung",
        "Báo cáo kết quả thu quỹ phòng, chống thiên tai năm nay",
        35,
        -5,
        "accept 34; progress 12 80",
    ),
    Work(
        "tai-chinh-ke-hoach",
        "Thẩm định dự toán kinh phí sửa chữa trụ sở UBND xã An Tiến",
        30,
        -2,
        "accept 29; progress 10 70",
        PHONE,
        "Văn bản thẩm định",
        "tai-chinh",
    ),
    Work(
        "nong-nghiep",
        "Tổng hợp thiệt hại lúa mùa do sâu bệnh và đề xuất hỗ trợ",
        45,
        -2,
        "accept 44; progress 20 50",
        CITY,
        competence="nong-nghiep",
    ),
    Work(
        "thanh-tra",
        "Kết luận nội dung tố cáo của công dân xã Trường Thọ",
        48,
        -9,
        "accept 46; progress 22 60",
        product="Kết luận nội dung tố cáo",
        competence="thanh-tra",
    ),
    Work(
        "tai-chinh-ke-hoach",
        "Tham mưu Nghị quyết phân bổ dự toán ngân sách năm sau",
        25,
        0,
        "accept 24; progress 11 60; progress 4 80",
        PARTY,
        "Dự thảo Nghị quyết",
        "tai-chinh",
        is_key=True,
    ),
    Work(
        "tu-phap",
        "Rà soát văn bản quy phạm pháp luật do HĐND, UBND huyện ban hành",
        22,
        1,
        "accept 20; progress 6 80",
        product="Danh mục văn bản",
    ),
    Work(
        "giao-duc-dao-tao",
        "Kiểm tra bếp ăn bán trú tại các trường mầm non, tiểu học",
        18,
        2,
        "accept 17; progress 5 40",
        product="Biên bản kiểm tra",
        helpers="y-te tt-y-te",
    ),
    Work(
        "xa-quang-trung",
        "Hòa giải tranh chấp ranh giới đất giữa 02 hộ thôn Câu Hạ",
        14,
        2,
        "accept 13",
        product="Biên bản hòa giải",
    ),
    Work(
        "y-te",
        "Xây dựng kế hoạch kiểm tra an toàn thực phẩm dịp cuối năm",
        10,
        8,
        "accept 9",
        product="Kế hoạch",
    ),
    Work(
        LDTBXH,
        "Rà soát hộ nghèo, hộ cận nghèo theo chuẩn mới",
        28,
        12,
        "accept 27; progress 9 60",
        CITY,
        "Danh sách",
        "lao-dong-xa-hoi",
        is_key=True,
    ),
    Work(
        "noi-vu",
        "Tham mưu phương án sắp xếp đơn vị hành chính cấp xã",
        32,
        20,
        "accept 31; progress 14 30; progress 3 40",
        CITY,
        "Đề án",
        "to-chuc-can-bo",
        "tu-phap",
        True,
    ),
    Work(
        "noi-vu",
        "Kiểm tra công vụ đột xuất tại 03 xã, thị trấn",
        9,
        "15 ngày làm việc",
        "accept 8",
        product="Biên bản kiểm tra",
        helpers="thanh-tra",
    ),
    Work(
        "kinh-te-ha-tang",
        "Cấp phép xây dựng nhà ở riêng lẻ tồn đọng quá 15 ngày",
        16,
        9,
        "accept 15; progress 6 50",
        PHONE,
        "Báo cáo",
        "kinh-te-ha-tang",
    ),
    Work(
        "ban-qlda",
        "Khởi công hạng mục vỉa hè đường Nguyễn Văn Trỗi, thị trấn An Lão",
        21,
        25,
        "accept 20; progress 10 30",
        helpers="tt-an-lao",
    ),
    Work("tt-an-lao", "Sắp xếp lại các hộ kinh doanh tại chợ Ruồn", 11, 14, "accept 10", PHONE),
    Work(
        "xa-bat-trang",
        "Bàn giao mặt bằng khu đấu giá quyền sử dụng đất thôn Nghĩa Trang",
        19,
        5,
        "accept 18; progress 6 70",
        helpers="tt-quy-dat",
    ),
    Work(
        "cong-an",
        "Phối hợp xác minh cư trú đối với 120 hộ tại khu vực giáp ranh",
        13,
        10,
        "accept 12",
    ),
    Work("tt-van-hoa", "Xây dựng chương trình phát thanh về cải cách hành chính", 7, 11),
    Work("xa-an-thang", "Lập danh sách hộ dân bị ảnh hưởng bởi dự án cấp nước sạch", 3, 13),
    Work("nong-nghiep", "Kiểm tra hệ thống trạm bơm trước vụ đông xuân", 2, "10 ngày làm việc"),
    Work(
        "vp",
        "Xây dựng lịch công tác tuần và theo dõi việc chấp hành giờ họp",
        30,
        4,
        "accept 29; progress 10 80; report 3",
        PARTY,
        "Lịch công tác",
        "tong-hop",
    ),
    Work(
        "tai-chinh-ke-hoach",
        "Đánh giá giải ngân vốn đầu tư công đến hết tháng trước",
        17,
        -1,
        "accept 16; progress 9 60; report 4",
        CITY,
        "Báo cáo",
        "tai-chinh",
    ),
    Work(
        "van-hoa-thong-tin",
        "Rà soát danh mục dịch vụ công trực tuyến phát sinh hồ sơ",
        24,
        5,
        "accept 23; progress 12 80; report 6; verify 2",
    ),
    Work(
        "xa-my-duc",
        "Báo cáo kết quả xử lý 04 điểm tập kết rác tự phát",
        23,
        -6,
        "accept 22; progress 15 50; report 1",
    ),
    Work(
        "tt-quy-dat",
        "Lập phương án đấu giá 12 lô đất thị trấn Trường Sơn",
        36,
        -10,
        "accept 35; progress 20 70; report 4; verify 1",
        helpers="tt-truong-son",
    ),
    Work(
        "mttq",
        "Tổng hợp ý kiến phản ánh của Nhân dân về môi trường làng nghề",
        20,
        None,
        "accept 18; report 3",
        PARTY,
    ),
    Work(
        "giao-duc-dao-tao",
        "Đề xuất luân chuyển giáo viên giữa các trường thừa, thiếu",
        40,
        3,
        "accept 39; progress 22 50; report 9; send_back 6; progress 2 70",
        CITY,
        "Tờ trình",
    ),
    Work(
        LDTBXH,
        "Báo cáo tình hình trẻ em có hoàn cảnh đặc biệt",
        33,
        -4,
        "accept 32; report 12; send_back 9; progress 7 90",
        CITY,
    ),
    Work(
        "thi-dua-khen-thuong",
        "Theo dõi, đề xuất gương người tốt, việc tốt trong cải cách hành chính",
        50,
        None,
        "accept 49; progress 28 20; progress 6 40",
        PARTY,
        "Danh sách đề xuất",
    ),
    Work(
        "thanh-tra",
        "Theo dõi việc thực hiện kết luận thanh tra tại các xã, thị trấn",
        44,
        None,
        "accept 43; progress 20 50",
    ),
    Work("phu-nu", "Phối hợp tuyên truyền phân loại rác tại nguồn", 38, None, "accept 36"),
    Work(
        "bhxh",
        "Phối hợp rà soát người chưa tham gia bảo hiểm y tế",
        27,
        7,
        "accept 25; progress 8 60",
    ),
)

DONE = (
    Work(
        "kinh-te-ha-tang",
        "Kiểm tra tải trọng phương tiện trên đường huyện 301",
        85,
        -60,
        "accept 84; progress 75 50; report 66; verify 65; complete 64",
        helpers="cong-an",
    ),
    Work(
        "nong-nghiep",
        "Xây dựng kế hoạch sản xuất vụ đông",
        80,
        -55,
        "accept 79; progress 70 60; report 60; verify 59; complete 58",
        product="Kế hoạch",
    ),
    Work(
        TNMT,
        "Báo cáo kết quả thu gom vỏ bao bì thuốc bảo vệ thực vật",
        78,
        -50,
        "accept 77; report 58; verify 56; complete 55",
        CITY,
    ),
    Work(
        TNMT,
        "Trả lời kiến nghị cử tri về ô nhiễm kênh Đa Độ",
        46,
        -30,
        "accept 45; progress 38 80; report 33; verify 32; complete 31",
        PARTY,
        "Văn bản trả lời",
    ),
    Work(
        TNMT,
        "Thẩm định nhu cầu sử dụng đất của các xã năm sau",
        40,
        -18,
        "accept 39; report 11; verify 9; complete 8",
        competence="dat-dai-moi-truong",
    ),
    Work(
        "tai-chinh-ke-hoach",
        "Báo cáo thu ngân sách 9 tháng",
        65,
        -45,
        "accept 64; report 48; verify 47; complete 46",
        CITY,
        competence="tai-chinh",
    ),
    Work(
        "tai-chinh-ke-hoach",
        "Kiểm kê tài sản công tại các trường học",
        58,
        -20,
        "accept 57; progress 40 60; report 23; verify 22; complete 20",
        competence="tai-chinh",
    ),
    Work(
        "giao-duc-dao-tao",
        "Tổ chức khai giảng năm học mới an toàn, tiết kiệm",
        90,
        -70,
        "accept 89; report 74; verify 73; complete 72",
        CITY,
    ),
    Work(
        "y-te",
        "Kiểm tra cơ sở hành nghề y tư nhân không phép",
        62,
        -35,
        "accept 61; report 40; verify 39; complete 37",
        helpers="cong-an tt-y-te",
    ),
    Work(
        LDTBXH,
        "Chi trả quà ngày Thương binh – Liệt sĩ còn tồn",
        70,
        -50,
        "accept 69; report 52; complete 51",
        CITY,
        competence="lao-dong-xa-hoi",
    ),
    Work(
        "tu-phap",
        "Tập huấn hộ tịch điện tử cho công chức cấp xã",
        55,
        -28,
        "accept 54; progress 40 80; report 30; verify 29; complete 27",
    ),
    Work(
        "noi-vu",
        "Báo cáo biên chế, vị trí việc làm 9 tháng",
        52,
        -32,
        "accept 51; report 36; verify 35; complete 34",
        CITY,
        competence="to-chuc-can-bo",
    ),
    Work(
        "noi-vu",
        "Thẩm định hồ sơ thi nâng ngạch công chức",
        30,
        -8,
        "accept 29; report 10; verify 9; complete 6",
        competence="to-chuc-can-bo",
    ),
    Work(
        "thanh-tra",
        "Báo cáo công tác tiếp công dân quý III",
        60,
        -40,
        "accept 59; report 44; verify 43; complete 42",
    ),
    Work(
        "xa-quang-trung",
        "Hoàn thành chỉnh trang đường hoa thôn Câu Trung",
        43,
        -15,
        "accept 42; report 18; verify 17; complete 16",
    ),
    Work(
        "xa-an-tien",
        "Xử lý vi phạm hành lang an toàn giao thông tỉnh lộ 354",
        66,
        -40,
        "accept 65; progress 50 50; report 30; verify 28; complete 26",
    ),
    Work(
        "xa-truong-thanh",
        "Báo cáo kết quả tiêm phòng đàn gia súc",
        48,
        -25,
        "accept 47; report 28; verify 27; complete 25",
    ),
    Work(
        "tt-truong-son",
        "Lắp đặt camera an ninh tại các nút giao",
        72,
        -34,
        "accept 70; progress 55 60; report 20; verify 18; complete 17",
        PHONE,
    ),
    Work(
        "ban-qlda",
        "Trình phê duyệt chủ trương đầu tư đường nối xã Tân Dân – An Thắng",
        88,
        -52,
        "accept 87; progress 70 50; report 38; verify 36; complete 33",
        CITY,
        "Tờ trình",
    ),
    Work(
        "van-hoa-thong-tin",
        "Tổ chức giải cầu lông cán bộ, công chức huyện",
        50,
        -24,
        "accept 49; report 26; verify 25; complete 23",
    ),
    Work(
        "tt-y-te",
        "Phun hóa chất phòng sốt xuất huyết tại 06 xã",
        42,
        -22,
        "accept 41; progress 33 60; report 25; verify 24; complete 22",
        CITY,
    ),
    Work(
        "vp",
        "Số hóa sổ theo dõi văn bản đến năm trước",
        68,
        -20,
        "accept 67; report 25; complete 22",
        competence="tong-hop",
    ),
    Work(
        "nong-dan",
        "Vận động hội viên chuyển đổi 15 ha lúa kém hiệu quả",
        75,
        None,
        "accept 74; progress 50 60; report 21; verify 20; complete 18",
        PARTY,
    ),
    Work(
        "huyen-doan",
        "Tổ chức chiến dịch thanh niên số hóa thủ tục hành chính",
        64,
        None,
        "accept 62; report 29; verify 28; complete 27",
        PARTY,
    ),
)


def stories(stage: Stage) -> list[Story]:
    """Return the story of every task given without a directive."""
    return [_story(stage, work, number) for number, work in enumerate(OPEN + DONE)]


def _story(stage: Stage, work: Work, number: int) -> Story:
    at = stage.ago(work.given, 8, 5 + number % 50)
    yield at
    task = assign(
        stage.actor("chanhvp", at),
        at,
        title=work.title,
        text=f"{work.title}; báo cáo UBND huyện (qua Văn phòng HĐND&UBND huyện).",
        lead=stage.agencies[work.lead],
        source=work.source,
        assigned_by=stage.authorities[ASKED_BY[work.source]],
        product=work.product,
        coordinating=[stage.agencies[code] for code in work.helpers.split()],
        competence=stage.competences.get(work.competence),
        officer=stage.actor(OFFICERS[number % len(OFFICERS)], at).post,
        priority=Task.Priority.KEY if work.is_key else Task.Priority.NORMAL,
        **_deadline(stage, work, at),
    )
    yield from live(stage, task, work.story)


def _deadline(stage: Stage, work: Work, at: datetime) -> dict:
    if work.due is None:
        return {}
    text = work.due
    if not isinstance(text, str):
        text = f"chậm nhất ngày {stage.in_days(work.due):%d/%m/%Y}"
    deadline = parse(text, local_day(at), stage.calendar)
    return {
        "due_at": deadline.due_at,
        "deadline_text": text,
        "arithmetic": deadline.to_json(),
    }
