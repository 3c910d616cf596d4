"""The words of administrative Vietnamese the reader knows, as data.

Add a phrase here and every stage that uses the table knows it; `docs/reader.md` says how. All
tables are lower case unless a capital is what tells a name from a verb.
"""

import re

UPPER = "[A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]"
"""One capital letter of Vietnamese: in Unicode they do not stand together."""

VERBS = """
ban hành | biên soạn | biên tập | biểu dương | bàn giao | bám nắm | bám sát | báo cáo |
bình chọn | bình xét | bảo quản | bảo trì | bảo vệ | bảo đảm | bầu | bố trí | bồi dưỡng |
bổ sung | cam kết | can thiệp | chi | chi trả | chia sẻ | cho học sinh | cho phép | cho thuê |
cho ý kiến | có ý kiến | chuyển | chuyển giao | chuyển hồ sơ | chuẩn bị | chào mừng | chăm lo |
chú trọng |
chấm dứt | chấm điểm | chấn chỉnh | chấp hành | chỉ | chỉ đạo | chỉnh lý | chỉnh trang | chịu |
chịu trách nhiệm | chọn | chủ trì | chủ động | coi trọng | cung cấp | cài đặt | cân đối |
có biện pháp | có phương án | có giải pháp | có kế hoạch | có nhiệm vụ | có trách nhiệm |
có văn bản | làm nhiệm vụ | đảm nhiệm | phụ trách | công bố | công khai | công nhận |
cùng phối hợp | căn cứ | cưỡng chế | cải thiện | cải tạo | cảnh báo | cấp phát | cấp phép |
cấp giấy | cấp con dấu | cấp kinh phí | cấp tài khoản | cấp thẻ | cần | cập nhật | cắm |
cắt giảm | cụ thể hoá | cụ thể hóa | củng cố | cứu trợ | cử | di dời | di chuyển | diễn tập |
duy trì | dành | dập | dọn | dừng | dự hội nghị | dự Hội nghị | dự họp | dự báo |
dự kiến | dự thảo | ghi nhận | gia hạn | giao |
giao ban | giám sát | giám định | giáo dục | giúp | giải ngân | giải quyết | giải trình | giảm |
giới thiệu | giữ | góp | góp ý | gương mẫu | gắn | gửi | hiến kế | hoà giải | hoàn chỉnh |
hoàn thiện | hoàn thành | hoàn trả | huy động | huấn luyện | huỷ | hàng năm | hàng quý |
hàng tháng | hàng tuần | hòa giải | hướng dẫn | hưởng ứng | hạn chế | hằng năm | hằng quý |
hằng tháng | hằng tuần | họp | hỗ trợ | hợp tác | hủy | khai báo | khai mạc | khai thác có |
khai trương | khen thưởng | khoanh vùng | khoanh định | khuyến cáo | khuyến khích | khám |
khôi phục | không | khơi thông | khảo sát | khẩn trương | khắc phục | khống chế | khởi công |
khởi tố | kết thúc | kiên quyết | kiến nghị | kiềm chế | kiểm kê | kiểm soát | kiểm tra |
kiểm điểm | kiểm đếm | kiểm định | kiện toàn | kê khai | kêu gọi | ký | kết nối | kịp thời |
liên hệ | là cơ quan | là đầu mối | làm | làm rõ | làm sạch | làm tốt | làm việc | làm đầu mối |
lãnh đạo | lưu trữ | lưu ý | lấy ý kiến | lập | lắng nghe | lắp đặt | lồng ghép | lựa chọn | mua |
mời | mở | mở rộng | nghiêm | nghiêm cấm | nghiêm túc | nghiên cứu | nghiệm thu | ngăn chặn |
ngừng | nhanh chóng | nhiệm vụ trọng tâm | nhân rộng | nhận | nhận diện | nhắc nhở | niêm yết |
nâng cao | nâng cấp | nêu cao | nắm | nắm bắt | nộp | phun | phát hiện | phát huy | phát hành |
phát triển | phát động | phân bổ | phân công | phân cấp | phân giao | phân khai | phân loại |
phân luồng | phân tích | phê bình | phê duyệt | phòng ngừa | phòng, chống | phải | phản hồi |
phản ánh | phấn đấu | phối hợp | phổ biến | phục vụ | quan tâm | quy hoạch | quy trách nhiệm |
quy định | quyên góp | quyết liệt | quyết định | quán triệt | quản lý chặt | quản lý chặt chẽ |
quảng bá | ra quân | rà | rà soát | rút kinh nghiệm | răn đe | siết chặt | soạn thảo | sơ kết |
sơ tán | sắp xếp | sẵn sàng | số hoá | số hóa | sớm | sử dụng | sửa đổi | tham dự | tham gia |
tham mưu | tham vấn | thanh toán | thanh tra | thay mặt | thay thế | theo dõi | thi hành |
thiết lập | thu | thu gom | thu hút | thu hồi | thu thập | thuê | thành lập | tháo dỡ | tháo gỡ |
thí điểm | thông báo | thông tin | thúc đẩy | thường xuyên | thẩm duyệt | thẩm tra | thẩm định |
thống kê | thống nhất | thực hiện | thực hành | tiêm | tiêu hủy | tiến hành | tiếp công dân |
tiếp nhận | tiếp thu | tiếp tục | tiết kiệm | trang bị | tranh thủ | trao | trao đổi | treo |
triển khai | triệt để | triệu tập | truy cứu | truy quét | truy thu | truyền thông | tránh |
trình | trích | trả kết quả | trả lại | trả lời | trồng | trực | trực tiếp | tu sửa |
tuyên truyền | tuyển | tuyển chọn | tuyển dụng | tuyệt đối | tuân thủ | tuần tra | tìm |
tìm hiểu | tìm kiếm | tích cực | tính toán | tôn tạo | tôn vinh | tăng | tăng cường |
tăng thời lượng | tư vấn | tạm dừng | tạm thời | tạm ứng | tạo | tạo lập | tạo sự |
tạo điều kiện | tận dụng | tập huấn | tập hợp | tập trung | tặng | tố giác | tổ chức | tổ giác |
tổng hợp | tổng kết | tự chịu | tự kiểm tra | tự rà soát | vẫn | vận hành | vận động | vệ sinh |
xem xét | xin | xin ý kiến | xoá bỏ | xác minh | xác định | xây dựng | xét | xóa bỏ | xúc tiến |
xử lý | xử phạt | yêu cầu | áp dụng | đa dạng hóa | điều chỉnh | điều hành | điều tra |
điều động | đo đạc | đào tạo | đánh giá | đình chỉ | đón | đón tiếp | đóng góp | đôn đốc |
đăng | đăng ký | đăng tin | đăng tải | đưa ra | đưa tin | đưa vào | đảm bảo | đấu giá | đấu tranh |
đầu tư | đẩy lùi | đẩy mạnh | đẩy nhanh | đặc biệt | đặt | đề cao | đề nghị | đề ra | đề xuất |
định kỳ | đối chiếu | đối thoại | đồng hành | đồng thời | tổng rà soát | tổng kiểm tra | sao lưu |
sao gửi | đồng bộ | đồng bộ hóa | chuẩn hóa | tích hợp | hình thành | ngăn ngừa | bồi thường |
kết hợp | trợ giúp | bảo dưỡng | nạo vét | cơ cấu lại | tái cơ cấu | chăm sóc | xã hội hóa |
kiên trì | quyết tâm | chỉnh sửa | bảo tồn | luân chuyển | định danh | phân định | chuyển đổi số |
khẩn cấp | xây mới | xác lập | lập tức | thăm hỏi | rút ngắn | hiện đại hóa | tái cấu trúc |
giải đáp | đưa | đưa lên | chuyển tải | đề phòng | vớt | quét dọn | cấm | đổi mới | động viên |
ưu tiên | ủng hộ | ứng dụng | ứng phó | định hướng | giữ vững | giữ gìn | đối phó | phong tỏa |
sàng lọc | thu dọn | tổng duyệt | trấn áp | tấn công | khử khuẩn | duy tu | phát sóng |
thu hoạch | trực chiến | ứng trực | ứng cứu | bãi bỏ | dứt điểm | thu xếp | sửa chữa | bổ nhiệm |
xuất cấp | khơi dậy | tái lập | phản bác | mở đợt | mở cao điểm | chốt trực | tiêm phòng |
phun thuốc | đền bù | nhắn tin | gặp gỡ | bình ổn | vào cuộc | hoãn | kích hoạt | gieo cấy |
tăng thu | luân phiên | lưu mẫu | lưu giữ | truy cập | cấu hình | rà duyệt | dựng | ghi chép
"""

STOPS = """
bao gồm | biết | bằng | là | cơ bản | chậm nhất | còn | cùng nhau | cũng | do | dưới sự | gồm |
hoặc có | hết sức | khi | kể từ | luôn | lưu ý | mà | ngay | ngoài | như | nhằm | nếu | qua |
riêng | sau khi | sẽ | theo | thì | thông qua | thật | trong | trong công tác | trong quá trình |
trong việc | trên cơ sở | trên tinh thần | trước khi | trước ngày | tuỳ theo | tùy theo | tại |
từ ngày | vì | về | về việc | với mục tiêu | với tinh thần | với yêu cầu | nơi | đang | đã |
được biết | đến ngày | để | đối với
"""

FIELD_NAMES = """
Nông nghiệp và Môi trường | Nông nghiệp và Phát triển nông thôn | Tài nguyên và Môi trường |
Giáo dục và Đào tạo | Lao động - Thương binh và Xã hội | Lao động, Thương binh và Xã hội |
Lao động – Thương binh và Xã hội | Lao động Thương binh và Xã hội |
Phổ biến, giáo dục pháp luật | Pháp luật dân sự - kinh tế | Pháp luật dân sự, kinh tế |
Kế hoạch và Đầu tư | Văn hóa, Thể thao và Du lịch |
Văn hoá, Thể thao và Du lịch | Văn hóa và Thể thao | Văn hóa và Thông tin | Văn hoá và Thông tin |
Văn hóa, Khoa học và Thông tin | Thông tin và Truyền thông | Khoa học và Công nghệ | Công Thương |
Công thương | Xây dựng | Giao thông vận tải | Giao thông Vận tải | Tài chính |
Tài chính - Kế hoạch | Tài chính – Kế hoạch | Tư pháp | Nội vụ | Ngoại vụ | Y tế | Du lịch |
Dân tộc và Tôn giáo | Dân tộc | Quy hoạch - Kiến trúc | Kinh tế và Hạ tầng |
Kinh tế, Hạ tầng và Đô thị | Quản lý đô thị | Kinh tế | Công an | Quốc phòng | Ngoại giao |
Thông tấn xã Việt Nam | Đài Truyền hình Việt Nam | Phát thanh và Truyền hình |
Phát thanh - Truyền hình | Văn hóa – Thông tin và Thể thao | Văn hóa - Thông tin và Thể thao |
Bảo vệ và Phát triển rừng | Hội đồng nhân dân và Ủy ban nhân dân | HĐND và UBND | HĐND&UBND |
Đoàn đại biểu Quốc hội và Hội đồng nhân dân | Đoàn đại biểu Quốc hội và HĐND |
Đoàn ĐBQH và HĐND | Giáo dục thường xuyên |
Giáo dục nghề nghiệp | Đầu tư và Phát triển | Khoa học, Công nghệ và Môi trường |
Tuyên giáo và Dân vận | Tiếp nhận và Trả kết quả | Tiếp nhận và trả kết quả |
tiếp nhận và trả kết quả | khu, cụm công nghiệp | khu, CCN |
chống buôn lậu, gian lận thương mại và hàng giả
"""

HEADS = """
Ủy ban | Uỷ ban | UBND | UBMTTQ | UB MTTQ | Hội đồng | HĐND | Mặt trận | Sở | Bộ | Ban | Cục |
Tổng cục | Chi cục | Vụ | Viện | Phòng | Thanh tra | Công an | Thuế | Kho bạc | Bảo hiểm | BHXH |
Ngân hàng | Hải quan | Tòa án | Toà án | Trung tâm | TTYT | Đài | Quỹ | Văn phòng | VP | Hội |
Tổng Liên đoàn | Tổng liên đoàn | Liên đoàn | Liên hiệp | Liên minh | Đoàn | Huyện Đoàn |
Huyện đoàn | Tỉnh đoàn | Tỉnh Đoàn | Thành đoàn | Thành Đoàn | Vườn | Công ty | Tổng công ty |
Tổng Công ty | Tập đoàn | Doanh nghiệp | Trường | Bệnh viện | Đảng ủy | Đảng uỷ | Đảng bộ |
Huyện ủy | Huyện uỷ | Tỉnh ủy | Tỉnh uỷ | Thành ủy | Thành uỷ | Chi bộ | Hạt | BCH | BCĐ | BQL |
Bộ đội | Bưu điện | Điện lực | Tổ | Thường trực | Đội | Hợp tác xã | Thông tấn xã | Kiểm toán |
Cơ quan | Đơn vị | Học viện | Đại học | Cảng | Tổng đội | Tổ chức | Chính quyền | Lực lượng | Đồn |
Trạm | Hiệp hội | Nhà máy | Xã | Phường | Thị trấn | Huyện | Tỉnh |
Thành phố | Kiểm lâm | Chính phủ | Viettel |
VNPT | Báo | Tạp chí | Đảng đoàn | Thị ủy | Thị uỷ | Viễn thông |
Chi nhánh | Cảnh sát | Nhà văn hóa |
BTC |
Nhà thiếu nhi | Thư viện | Bảo tàng | Xí nghiệp | Nông trường | Lâm trường | Câu lạc bộ | Kho |
Chủ hồ | Chủ các | Chủ cơ sở | Chủ công trình | Chủ mỏ |
Chủ dự án | Nhà thầu | Cổng | Bộ phận | Tập thể | Liên hiệp hội | Ủy viên | Phân hiệu |
MTTQ | Nhà đầu tư | Cấp ủy | Cấp uỷ | Công đoàn | Cơ sở | Nhà trường | Làng Văn hóa | DNTN | CTCP
"""

ROLES = """
Thủ trưởng | Người đứng đầu | Chủ tịch | Phó Chủ tịch | Giám đốc | Phó Giám đốc | Tổng giám đốc |
Tổng Giám đốc | Cục trưởng | Chi cục trưởng | Trưởng | Phó Trưởng | Chánh | Phó Chánh |
Viện trưởng | Bộ trưởng | Thống đốc | Bí thư | Thành viên | Tổng Biên tập | Hiệu trưởng |
Chỉ huy trưởng | Đồng chí | Ông | Bà | Chủ đầu tư | Lãnh đạo | Chủ nhiệm | Tổng Thanh tra |
Tổng biên tập | Cán bộ | Công chức | Phó Thủ tướng | Thứ trưởng | Phó Bí thư | Chủ rừng | Chủ hộ |
Thường trực | Tổ trưởng | Trưởng đoàn | Thư ký | Chuyên viên | Kế toán
"""

COLLECTIVES = """
bí thư | trưởng | ban | ban cán sự đảng | công đoàn | ban quản lý | bà | báo | bản | bệnh viện |
bộ | bộ phận | công an | chi bộ | chi cục | chi hội | chi nhánh | chính quyền |
chủ công trình | chủ đập |
chủ hồ chứa | chủ cơ sở | chủ dự án | chủ hồ | chủ mỏ | chủ phương tiện | chủ rừng |
chủ trang trại | chủ tịch | chủ đầu tư | cá nhân | cán bộ | công chức | công ty | cơ quan |
cơ sở | cơ sở giáo dục | cơ sở y tế | cấp | cấp uỷ | cấp ủy | cục | doanh nghiệp | giám đốc |
hiệp hội | huyện | huyện uỷ | huyện ủy | học viện | hộ | hội | hợp tác xã | khu | liên đoàn |
lãnh đạo | lực lượng | ngành | ngân hàng | người | người đứng đầu | nhà máy | nhà thầu |
nhà trường | nhà đầu tư | chủ sở hữu | người dân | người sử dụng đất | phòng |
phòng giáo dục và đào tạo | phó chủ tịch | phường | quận | quỹ | sở | thanh tra | thành phố |
thành uỷ | thành viên | thành ủy | thôn | thị trấn | thị uỷ | thị xã | thị ủy | thủ trưởng |
trung tâm | trường | trạm | tập đoàn | tỉnh | tỉnh ủy | tổ | tổ chức | tổ dân phố | tổng công ty |
tổng cục | uỷ ban | viên chức | viện | văn phòng | vụ | xã | đặc khu | ấp | khóm | khu phố |
khối phố | khu dân cư | ông | đoàn thể | đài | đại học | đơn vị | đảng bộ | đảng uỷ | đảng đoàn |
đảng ủy | địa phương | đồng chí | đội | ủy ban | ủy viên
"""

# Ordinary words that names of agencies are made of, besides the collective nouns.
IN_NAMES = """
các những và có liên quan thuộc trực tỉnh huyện xã cấp nhân dân trên địa bàn của trung ương thành
phố thị trấn phường đoàn thể chuyên môn chức năng công lập sự nghiệp nhà nước quận cơ sở khu vực
chính trị hội doanh dự án đầu tư xây dựng quản lý phát triển quỹ đất nông thôn nghề giáo dục
ở thường vụ đảng ủy đặc khu thể thao thông tin văn hóa y tế bảo hiểm kiểm tra thanh sát chỉ huy quân
"""

RIGHTS_NOT_DUTIES = re.compile(
    r"được (?:sử dụng|quyền|hưởng|phép|nghỉ)|nghỉ Lễ|tự giải thể|do .{3,60} phân công|có hiệu lực|"
    r"được thực hiện theo (?:các )?quy định|có quyền\b|làm việc theo (?:Quy chế|chế độ)|kiêm nhiệm"
)

CLOSING = re.compile(
    r"^(?:Căn cứ|Nhận được|Trên đây|Trân trọng|Ngoài việc|Yêu cầu|Đề nghị|Trong quá trình|"
    r"Trong qúa trình|Quá trình|"
    r"Chủ tịch|Ủy ban|"
    r"UBND|Thủ trưởng|Các|Giám đốc|Văn phòng|"
    r"(?:Thông báo|Văn bản|Chỉ thị|Công văn|Kế hoạch|Quyết định) này|Nay\b|"
    r"Nếu|Thừa lệnh|Vậy|Trong thời gian|Hết thời gian|Công điện này)"
)
ASKS_EVERYBODY = re.compile(
    r"(?:^|[.;]\s+)(?:(?:Sở|Bộ|Cục|Ban|Phòng|Ủy ban|Uỷ ban|UBND|Chủ tịch|Thường trực|Tỉnh ủy|"
    r"Huyện ủy|Thành ủy|Đảng ủy|Đảng uỷ|Văn phòng|Thủ tướng|Hội đồng)[^.;,]{0,60}?\s)?"
    r"(?:trân trọng )?"
    r"(?:[Yy]êu cầu|[Đđ]ề nghị|thông báo)\s+(?:và đề nghị\s+)?(?:(?:cho|để|đến)\s+)?"
    r"(?:các|Các|UBND|Ủy ban|Thủ trưởng|Lãnh đạo|Giám đốc|Chủ tịch|[Hh]iệu trưởng|toàn thể|"
    r"[Pp]hòng|"
    r"[Qq]u[ýí]|Bộ|người đứng đầu|Công ty|Doanh nghiệp|Chi nhánh)\b"
)
ONE_FOLLOWS_UP = re.compile(
    r"^(?:(?:Yêu cầu|Đề nghị|Giao)\s+)?"
    r"(?:Sở|Phòng|Văn phòng|Bộ|Ban|Thanh tra|Công an|Trung tâm|Chánh|Trưởng)"
    r"\s(?!.*(?:khó khăn|vướng mắc)).*(?:theo dõi|đôn đốc|tổng hợp|báo cáo)"
)
CLOSING_ACT = re.compile(
    r"^(?:Chỉ thị|Công văn|Kế hoạch|Quyết định|Công điện|Thông báo|Văn bản) này|"
    r"(?:nghiêm túc|khẩn trương|tổ chức|chủ động|quan tâm|phối hợp|tích cực|quyết liệt|"
    r"tập trung)?,? ?"
    r"(?:nghiêm túc|khẩn trương|tổ chức)? ?(?:triển khai|thực hiện|thi hành)|khó khăn|vướng mắc|"
    r"có hiệu lực|ý kiến|xem xét,? (?:sớm )?(?:chỉ đạo|quyết định|giải quyết|quan tâm)|nêu cao|"
    r"quan tâm,? (?:chỉ đạo|phối hợp|giúp đỡ)|"
    r"để (?:biết|thực hiện|theo dõi)"
)

FIELD_LABEL = (
    r"(?:(?:Đơn vị|Cơ quan|Bộ phận|Phòng|Người|Cá nhân)\s+(?:được giao\s+)?"
    r"(?:chủ trì|thực hiện|đầu mối|tham mưu|chịu trách nhiệm)"
    r"(?:,?\s+(?:thực hiện|tham mưu|triển khai)){0,2}|Chủ trì(?:\s+(?:thực hiện|tham mưu))?|"
    r"(?:Đơn vị|Cơ quan|Bộ phận)\s+phối hợp(?:\s+thực hiện)?|Phối hợp(?:\s+thực hiện)?|"
    r"Trách nhiệm\s+(?:chỉ đạo\s+)?thực hiện|"
    r"(?:Lãnh đạo|Đồng chí)\s+(?:phụ trách|chỉ đạo|theo dõi)|Phân công(?:\s+thực hiện)?|"
    r"Thời gian(?:\s+(?:thực hiện|hoàn thành|triển khai))?|"
    r"Thời hạn(?:\s+(?:thực hiện|hoàn thành|triển khai|ban hành|trình|gửi))?|"
    r"Tiến độ(?:\s+(?:thực hiện|hoàn thành))?|Hoàn thành|Sản phẩm(?:\s+(?:đầu ra|hoàn thành))?|"
    r"Kết quả(?:\s+(?:đầu ra|cần đạt))?)"
)
FIELD = re.compile(rf"(?:\(|[-+•]\s*)?(?P<name>{FIELD_LABEL})\s*:\s*")
WORK = re.compile(
    r"(?:Nhiệm vụ|Nội dung|Công việc|Hoạt động)"
    r"(?:\s+(?:thực hiện|công việc|nhiệm vụ|triển khai))?\s*:\s*"
)
FIELD_INSIDE = re.compile(rf"(?<=[(;.,\s])(?P<name>(?i:{FIELD_LABEL}))\s*:\s*")

NO_TASK_SECTION = re.compile(
    r"^(?:mục đích|"
    r"yêu cầu(?=$|\s*[,:;.&–-]|\s+(?:chung|cụ thể|đặt ra|của|khi|trong|về|kỹ thuật|sắp xếp|"
    r"và(?!\s+(?:tiến độ|thời (?:gian|hạn)))))|mục tiêu|nguyên tắc|"
    r"quan điểm|kinh phí|nguồn kinh phí|đối tượng|"
    r"phạm vi|thời gian|địa điểm|"
    r"căn cứ|thực trạng|đánh giá|kết quả|tồn tại|nguyên nhân|sự cần thiết|bối cảnh|hiệu lực|"
    r"tình hình|tiêu chí|tiêu chuẩn|hình thức|nguồn lực|dự toán|thành phần|khó khăn|vướng mắc|"
    r"hạn chế|quy định về|phương pháp)"
)
CONTENT_SECTION = re.compile(
    r"nhiệm vụ|giải pháp|nội dung|chỉ tiêu|hình thức|lộ trình|tiến độ|biện pháp"
)
ASSIGNING_SECTION = re.compile(
    r"tổ chức thực hiện|phân công|trách nhiệm|chế độ báo cáo|thông tin, báo cáo|tổ chức triển khai"
)

# A section that lists what was done wrong, and a line of it that says what.
FAULTS_SECTION = re.compile(r"tồn tại|hạn chế|thiếu sót|khuyết điểm|sai sót|một số lỗi")
FAULT = re.compile(
    r"(?!(?:Khắc phục|Chấn chỉnh|Xử lý|Sửa|Rà soát|Kiểm tra|Tránh|Chấm dứt|Không)\b)(?:\w+\s+){1,2}"
    r"(?:(?:không|chưa|thiếu)\s+(?:chính xác|đúng|đầy đủ|kịp thời|thường xuyên|đảm bảo|bảo đảm|"
    r"nghiêm túc|thống nhất)|sai(?!\s+(?:phạm|sót|lệch))|nhầm)\b"
)
# What is to be enclosed: "gửi hồ sơ về … gồm:", then "- Báo cáo … (02 bản in)".
ENCLOSES = re.compile(r"(?:gửi|nộp)\b.*\bgồm(?:\s+có)?\s*:?\s*$", re.I | re.S)
PAPER = re.compile(
    r"(?:Công văn|Báo cáo|Bản (?:mềm|sao|chính|in|cứng)|Quyết định|Tờ trình|Danh sách|Biên bản|"
    r"Phiếu|Đơn|Giấy|File|Bảng|Biểu|Văn bản|Kế hoạch|Hồ sơ|Tài liệu|Mẫu)\b"
)


def phrases_of(table: str) -> list[str]:
    """The phrases of a table, each once."""
    phrases = [phrase.strip() for phrase in re.split(r"\||\n", table) if phrase.strip()]
    return list(dict.fromkeys(phrases))


def alternatives(table: str) -> str:
    """A table of phrases as one alternation of a regular expression, longest first."""
    return "|".join(
        re.escape(phrase).replace(r"\ ", r"\s+")
        for phrase in sorted(phrases_of(table), key=len, reverse=True)
    )
