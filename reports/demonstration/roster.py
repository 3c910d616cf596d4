"""The people of the demonstration, all invented: who holds which post where."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """One person and the posts held, as (agency's code, title)."""

    username: str
    full_name: str
    posts: tuple[tuple[str, str], ...]


# Leaders, the Office, deputies, staff and clerks: user name, full name, agency, title.
STAFF = """
chutich | Lê Minh Khuê | ubnd | Chủ tịch
phochutich | Trần Quốc Hưng | ubnd | Phó Chủ tịch
phochutich2 | Vũ Thị Bích Liên | ubnd | Phó Chủ tịch
chanhvp | Phạm Đức Toàn | vp | Chánh Văn phòng
phovp | Nguyễn Thị Hồng Ánh | vp | Phó Chánh Văn phòng
chuyenvien | Đỗ Khánh Ly | vp | Chuyên viên theo dõi
chuyenvien2 | Bùi Quang Đạt | vp | Chuyên viên theo dõi
chuyenvien3 | Ngô Phương Thảo | vp | Chuyên viên theo dõi
vanthu | Hoàng Thị Nhung | vp | Văn thư
quantri | Lương Gia Bảo | vp | Quản trị hệ thống
truongnoivu | Đặng Thị Thu Hà | noi-vu | Trưởng phòng Nội vụ
phonoivu | Phan Anh Tuấn | noi-vu | Phó Trưởng phòng; thi-dua-khen-thuong | Trưởng ban
cvnoivu | Trịnh Ngọc Diệp | noi-vu | Chuyên viên
cvnoivu2 | Mai Văn Chính | noi-vu | Chuyên viên
truongtuphap | Cao Xuân Bách | tu-phap | Trưởng phòng
cvtuphap | Lê Thị Yến | tu-phap | Chuyên viên
truongtaichinh | Nguyễn Hữu Phúc | tai-chinh-ke-hoach | Trưởng phòng
photaichinh | Đoàn Thị Lan Anh | tai-chinh-ke-hoach | Phó Trưởng phòng
cvtaichinh | Vũ Đình Khôi | tai-chinh-ke-hoach | Chuyên viên
cvtaichinh2 | Bùi Thị Quỳnh | tai-chinh-ke-hoach | Chuyên viên
truongtnmt | Hoàng Văn Sơn | tai-nguyen-moi-truong | Trưởng phòng
photnmt | Nguyễn Thị Oanh | tai-nguyen-moi-truong | Phó Trưởng phòng
cvtnmt | Phạm Tuấn Kiệt | tai-nguyen-moi-truong | Chuyên viên
cvtnmt2 | Đỗ Thị Minh Châu | tai-nguyen-moi-truong | Chuyên viên
vanthutnmt | Trần Thị Mơ | tai-nguyen-moi-truong | Văn thư
truonglaodong | Đào Thị Kim Ngân | lao-dong-thuong-binh-xa-hoi | Trưởng phòng
cvlaodong | Nguyễn Trọng Nghĩa | lao-dong-thuong-binh-xa-hoi | Chuyên viên
truongvanhoa | Lưu Quang Vinh | van-hoa-thong-tin | Trưởng phòng
cvvanhoa | Phùng Thị Cẩm Tú | van-hoa-thong-tin | Chuyên viên
truonggiaoduc | Nguyễn Thị Thanh Xuân | giao-duc-dao-tao | Trưởng phòng
cvgiaoduc | Đinh Công Lập | giao-duc-dao-tao | Chuyên viên
truongyte | Vũ Hoàng Giang | y-te | Trưởng phòng
truongnongnghiep | Trần Đăng Ninh | nong-nghiep | Trưởng phòng
cvnongnghiep | Hà Thị Uyên | nong-nghiep | Chuyên viên
truongkinhte | Bùi Mạnh Cường | kinh-te-ha-tang | Trưởng phòng
cvkinhte | Nguyễn Đức Ý | kinh-te-ha-tang | Chuyên viên
chanhthanhtra | Tạ Đình Phong | thanh-tra | Chánh Thanh tra
giamdocqlda | Nguyễn Viết Hải | ban-qlda | Giám đốc
phoqlda | Lại Thế Dũng | ban-qlda | Phó Giám đốc
cvqlda | Trương Thị Vân | ban-qlda | Chuyên viên
giamdocvanhoa | Phạm Thị Ngọc Trâm | tt-van-hoa | Giám đốc
giamdocquydat | Đồng Văn Quý | tt-quy-dat | Giám đốc
giamdocgdtx | Lê Hồng Quân | tt-gdnn-gdtx | Giám đốc
truongcongan | Nguyễn Chí Thành | cong-an | Trưởng
chihuyquansu | Đinh Trọng Tấn | quan-su | Chỉ huy trưởng
chicucthue | Vũ Văn Lộc | thue | Chi cục trưởng
giamdocbhxh | Khúc Thị Hiền | bhxh | Giám đốc
giamdockhobac | Ngô Đình Trung | kho-bac | Giám đốc
giamdocyte | Phạm Thị Ái Vân | tt-y-te | Giám đốc
chutichmttq | Nguyễn Văn Thuyết | mttq | Chủ tịch Ủy ban MTTQ
chutichnongdan | Đỗ Văn Mạnh | nong-dan | Chủ tịch Hội
chutichphunu | Lê Thị Tuyết Mai | phu-nu | Chủ tịch Hội
bithuhuyendoan | Trần Nhật Minh | huyen-doan | Bí thư
phoctxaquangtrung | Phạm Văn Út | xa-quang-trung | Phó Chủ tịch UBND
ccxaquangtrung | Lê Thị Bình | xa-quang-trung | Công chức
vanthuxaquangtrung | Nguyễn Thị Ước | xa-quang-trung | Văn thư
phottanlao | Đỗ Hữu Khánh | tt-an-lao | Phó Chủ tịch UBND
cctttanlao | Vũ Thị Ngà | tt-an-lao | Công chức
"""

# The chairs of the communes and townships: agency, full name.
COMMUNES = """
tt-an-lao | Nguyễn Quang Huy
tt-truong-son | Phạm Thị Hồng Loan
xa-an-thai | Vũ Văn Tiến
xa-an-thang | Trần Thị Thắm
xa-an-tho | Đỗ Xuân Thọ
xa-an-tien | Lê Văn Tĩnh
xa-bat-trang | Bùi Thị Trang
xa-chien-thang | Nguyễn Bá Thắng
xa-my-duc | Hoàng Đức Mỹ
xa-quang-hung | Cao Văn Hưng
xa-quang-trung | Nguyễn Thị Hải Yến
xa-quoc-tuan | Phạm Quốc Việt
xa-tan-dan | Đặng Tân Dân
xa-tan-vien | Lương Thị Viên
xa-thai-son | Trịnh Thái Sơn
xa-truong-thanh | Ngô Văn Ái
xa-truong-tho | Đào Trường Giang
"""

# What the Vice Chairs look after; the Chair has all the rest.
PORTFOLIOS = {
    "phochutich": (
        "tai-chinh dat-dai-moi-truong nong-nghiep kinh-te-ha-tang du-an quy-dat thue kho-bac",
        "tai-chinh-ke-hoach tai-nguyen-moi-truong nong-nghiep kinh-te-ha-tang ban-qlda tt-quy-dat "
        "thue kho-bac",
    ),
    "phochutich2": (
        "lao-dong-xa-hoi van-hoa-thong-tin giao-duc y-te bao-hiem van-dong-quan-chung",
        "lao-dong-thuong-binh-xa-hoi van-hoa-thong-tin giao-duc-dao-tao y-te tt-van-hoa "
        "tt-gdnn-gdtx bhxh tt-y-te mttq ldld nong-dan phu-nu huyen-doan cuu-chien-binh chu-thap-do",
    ),
}

# The agencies' registers of who handles what (clause 1.6 of the directive).
RESPONSIBLE = {
    "cvtnmt": ("tai-nguyen-moi-truong", "dat-dai-moi-truong"),
    "cvtaichinh2": ("tai-chinh-ke-hoach", "tai-chinh"),
    "cvnoivu": ("noi-vu", "to-chuc-can-bo"),
    "cvlaodong": ("lao-dong-thuong-binh-xa-hoi", "lao-dong-xa-hoi"),
    "ccxaquangtrung": ("xa-quang-trung", "dia-ban"),
}

# Without accounts, served on paper: cuu-chien-binh, chu-thap-do, ldld, thong-ke.


def people() -> list[Person]:
    """Return everybody, leaders first."""
    staff = [_person(line) for line in STAFF.strip().splitlines()]
    chairs = []
    for line in COMMUNES.strip().splitlines():
        agency, full_name = line.split(" | ")
        username = f"chutich{agency.replace('-', '')}"
        chairs.append(Person(username, full_name, ((agency, "Chủ tịch UBND"),)))
    return staff + chairs


def _person(line: str) -> Person:
    username, full_name, posts = line.split(" | ", 2)
    held = tuple(tuple(post.split(" | ")) for post in posts.split("; "))
    return Person(username, full_name, held)
