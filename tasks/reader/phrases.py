"""The words of administrative Vietnamese the reader knows, as data.

Add a phrase here and every stage that uses the table knows it; `docs/reader.md` says how. All
tables are lower case unless a capital is what tells a name from a verb.
"""

import re

VERBS = """
áp dụng | ban hành | bàn giao | báo cáo | bảo đảm | đảm bảo | bảo quản | bảo vệ | biên soạn | biểu dương |
bổ sung | bố trí | bồi dưỡng | can thiệp | cải tạo | cải thiện | cam kết | cảnh báo | căn cứ | cân đối |
cập nhật | cắt giảm | cấp phát | cấp phép | chấm dứt | chấn chỉnh | chấp hành | chăm lo | chi trả |
chia sẻ | chỉ đạo | chịu trách nhiệm | cho ý kiến | chủ động | chủ trì | chú trọng | chuẩn bị |
chuyển hồ sơ | chuyển giao | có biện pháp | có giải pháp | có kế hoạch | có trách nhiệm | có văn bản |
công bố | công khai | củng cố | cung cấp | cụ thể hóa | cụ thể hoá | cử | cưỡng chế | dự báo | dự kiến |
dự thảo | duy trì | dừng | đánh giá | đào tạo | đăng ký | đăng tải | đẩy mạnh | đẩy nhanh | đầu tư |
đề cao | đề nghị | đề xuất | điều chỉnh | điều động | điều hành | điều tra | đình chỉ | đóng góp |
đôn đốc | đổi mới | đồng thời | đưa ra | đưa tin | đưa vào | gắn | giải quyết | giải trình | giám sát |
giáo dục | giới thiệu | góp ý | gửi | hạn chế | hoàn chỉnh | hoàn thành | hoàn thiện | hỗ trợ | huy động |
hướng dẫn | hưởng ứng | kê khai | kết nối | kêu gọi | khai thác có | khảo sát | khắc phục | khẩn trương |
khen thưởng | khuyến cáo | khuyến khích | kiểm điểm | kiểm kê | kiểm soát | kiểm tra | kiên quyết |
kiến nghị | kiện toàn | kịp thời | làm rõ | làm tốt | làm việc | lãnh đạo | lập | lấy ý kiến | lồng ghép |
lựa chọn | mở rộng | mở | nắm | nâng cao | nêu cao | nghiên cứu | nghiêm cấm | nghiêm túc | nghiệm thu |
ngăn chặn | nhận diện | niêm yết | nộp | phát động | phát hiện | phát hành | phát huy | phát triển |
phân bổ | phân công | phân tích | phân loại | phấn đấu | phê duyệt | phòng ngừa | phòng, chống | phối hợp |
phổ biến | phục vụ | quan tâm | quán triệt | quyết định | quyết liệt | rà soát | sắp xếp | sẵn sàng |
sớm | sơ kết | sửa đổi | sử dụng | tạo điều kiện | tạo sự | tạm dừng | tạm ứng | tăng cường | tập hợp |
tập huấn | tập trung | tham gia | tham mưu | tham vấn | thay thế | thành lập | thanh toán | thẩm định |
thẩm tra | theo dõi | thiết lập | thông báo | thông tin | thống kê | thống nhất | thu hồi | thu thập |
thúc đẩy | thực hành | thực hiện | thường xuyên | tích cực | tiếp nhận | tiếp thu | tiếp tục | tiến hành |
tìm | tính toán | tổ chức | tổng hợp | tổng kết | trả lời | tránh | tranh thủ | trao đổi | triển khai |
trình | trực tiếp | truy cứu | truyền thông | tuần tra | tuân thủ | tuyên truyền | tuyệt đối | tư vấn |
ứng dụng | ưu tiên | vận động | vận hành | xác định | xác minh | xây dựng | xem xét | xét | xử lý | xử phạt |
yêu cầu | định kỳ | hàng năm | hằng năm | hàng quý | hằng quý | hàng tháng | hằng tháng | hàng tuần |
hằng tuần | đặc biệt | không | chỉ | phải | cần | nhận | giao | khôi phục | nghiêm | siết chặt | giữ |
rút kinh nghiệm | quản lý chặt chẽ | bám sát | tạo | đấu tranh | thanh tra | trích | chuyển | làm | đấu giá |
là đầu mối | là cơ quan | làm đầu mối | giúp | chịu | tận dụng | liên hệ | xin ý kiến | đăng tin | ký |
đối chiếu | nâng cấp | đa dạng hóa | tháo gỡ | tiết kiệm | hợp tác | đề ra | coi trọng | gương mẫu |
trồng | thay mặt | lắp đặt | nhân rộng | khoanh định | quy hoạch | tìm hiểu | thí điểm | thu | khơi thông |
tăng | giảm | vẫn | nhanh chóng | xúc tiến | quy định | mua | chi | quy trách nhiệm | lắng nghe |
thi hành | nhiệm vụ trọng tâm | bầu | tuyển | xóa bỏ | xoá bỏ | tạo lập | quảng bá | ra quân | diễn tập |
giải ngân | hoàn trả | khám | bảo trì | biên tập | bình xét | cài đặt | chỉnh lý | chỉnh trang | cho phép |
công nhận | đo đạc | gia hạn | hòa giải | hoà giải | huấn luyện | khai báo | khống chế | khởi công | khởi tố |
kiềm chế | kiểm đếm | kiểm định | làm sạch | lưu ý | lưu trữ | mời | nắm bắt | phân cấp | phân giao | phân khai |
phản ánh | phản hồi | phê bình | răn đe | số hóa | số hoá | soạn thảo | tháo dỡ | thẩm duyệt | thu gom |
thu hút | tìm kiếm | tôn vinh | trang bị | triệt để | triệu tập | truy quét | truy thu | tu sửa | tuyển chọn |
tuyển dụng | xúc tiến | đẩy lùi | đón tiếp | động viên | giao ban | hiến kế | khai mạc | phân luồng | rà |
tăng thời lượng | tổ giác | tố giác | tự kiểm tra | tự rà soát | tiếp công dân | trả lại | trả kết quả |
trực | ứng phó | cứu trợ | sơ tán | di dời | phun | tiêu hủy | tiêm | giám định | dập | khoanh vùng
"""

ADVERB_OPENERS = """
thường xuyên | định kỳ | hàng năm | hằng năm | hàng quý | hằng quý | hàng tháng | hằng tháng | hàng tuần |
hằng tuần | đồng thời | ngoài ra | trước mắt | riêng | đặc biệt
"""

STOPS = """
để | nhằm | theo | tại | trong việc | trong quá trình | trong công tác | trong | về việc | về | trên cơ sở |
khi | nếu | ngay | kể từ | từ ngày | trước ngày | đến ngày | chậm nhất | bằng | qua | thông qua | như | do |
đối với | với tinh thần | với yêu cầu | với mục tiêu | thì | mà | hoặc có | đã | sẽ | đang | vì | biết |
tuỳ theo | tùy theo | bao gồm | gồm | dưới sự | cùng nhau | hết sức | cũng | thật | luôn | còn | được biết |
trên tinh thần | lưu ý | ngoài | riêng | trước khi | sau khi
"""

FIELD_NAMES = """
Nông nghiệp và Môi trường | Nông nghiệp và Phát triển nông thôn | Tài nguyên và Môi trường |
Giáo dục và Đào tạo | Lao động - Thương binh và Xã hội | Lao động, Thương binh và Xã hội |
Lao động – Thương binh và Xã hội | Kế hoạch và Đầu tư | Văn hóa, Thể thao và Du lịch |
Văn hoá, Thể thao và Du lịch | Văn hóa và Thể thao | Văn hóa và Thông tin | Văn hoá và Thông tin |
Văn hóa, Khoa học và Thông tin | Thông tin và Truyền thông | Khoa học và Công nghệ | Công Thương |
Công thương | Xây dựng | Giao thông vận tải | Giao thông Vận tải | Tài chính | Tài chính - Kế hoạch |
Tài chính – Kế hoạch | Tư pháp | Nội vụ | Ngoại vụ | Y tế | Du lịch | Dân tộc và Tôn giáo | Dân tộc |
Quy hoạch - Kiến trúc | Kinh tế và Hạ tầng | Kinh tế, Hạ tầng và Đô thị | Quản lý đô thị | Kinh tế |
Công an | Quốc phòng | Ngoại giao | Thông tấn xã Việt Nam | Đài Truyền hình Việt Nam |
Phát thanh và Truyền hình | Phát thanh - Truyền hình | Văn hóa – Thông tin và Thể thao |
Văn hóa - Thông tin và Thể thao | Bảo vệ và Phát triển rừng | Hội đồng nhân dân và Ủy ban nhân dân |
HĐND và UBND | HĐND&UBND | Đoàn đại biểu Quốc hội và Hội đồng nhân dân | Đoàn ĐBQH và HĐND |
Giáo dục thường xuyên | Giáo dục nghề nghiệp | Đầu tư và Phát triển | Khoa học, Công nghệ và Môi trường | Tuyên giáo và Dân vận
"""

HEADS = """
Ủy ban | Uỷ ban | UBND | UBMTTQ | UB MTTQ | Hội đồng | HĐND | Mặt trận | Sở | Bộ | Ban | Cục | Tổng cục |
Chi cục | Vụ | Viện | Phòng | Thanh tra | Công an | Thuế | Kho bạc | Bảo hiểm | BHXH | Ngân hàng |
Hải quan | Tòa án | Toà án | Trung tâm | TTYT | Đài | Quỹ | Văn phòng | VP | Hội | Liên đoàn | Liên hiệp |
Liên minh | Đoàn | Huyện Đoàn | Huyện đoàn | Tỉnh đoàn | Tỉnh Đoàn | Thành đoàn | Thành Đoàn | Vườn |
Công ty | Tổng công ty | Tổng Công ty | Tập đoàn | Doanh nghiệp | Trường | Bệnh viện | Đảng ủy | Đảng uỷ |
Đảng bộ | Huyện ủy | Huyện uỷ | Tỉnh ủy | Tỉnh uỷ | Thành ủy | Thành uỷ | Chi bộ | Hạt | BCH | BCĐ | BQL |
Bộ đội | Bưu điện | Điện lực | Tổ | Thường trực | Đội | Hợp tác xã | Thông tấn xã | Kiểm toán | Cơ quan |
Đơn vị | Học viện | Đại học | Cảng | Tổng đội | Tổ chức | Chính quyền | Lực lượng | Đồn | Trạm |
Hiệp hội | Nhà máy | Xã | Phường | Thị trấn | Huyện | Kiểm lâm | Chính phủ | Viettel | VNPT | Báo
"""

ROLES = """
Thủ trưởng | Người đứng đầu | Chủ tịch | Phó Chủ tịch | Giám đốc | Phó Giám đốc | Tổng giám đốc |
Tổng Giám đốc | Cục trưởng | Chi cục trưởng | Trưởng | Phó Trưởng | Chánh | Phó Chánh | Viện trưởng |
Bộ trưởng | Thống đốc | Bí thư | Thành viên | Tổng Biên tập | Hiệu trưởng | Chỉ huy trưởng | Đồng chí |
Ông | Bà | Chủ đầu tư | Lãnh đạo | Chủ nhiệm | Tổng Thanh tra | Tổng biên tập | Cán bộ | Chủ rừng | Chủ hộ |
Thường trực | Tổ trưởng | Trưởng đoàn | Thư ký
"""

COLLECTIVES = """
sở | ban | ngành | phòng | cơ quan | đơn vị | địa phương | tổ chức | đoàn thể | doanh nghiệp | xã | phường |
thị trấn | bộ | cấp ủy | cấp uỷ | chi bộ | đảng bộ | hội | trường | công ty | tập đoàn | chính quyền |
lực lượng | cá nhân | thành viên | cấp | hiệp hội | ngân hàng | chủ đầu tư | chủ rừng | hợp tác xã | ông |
bà | đồng chí | thôn | bản | tổ dân phố | huyện | thành phố | quận | tỉnh | trung tâm | viện | chủ cơ sở |
cơ sở | phó chủ tịch | khu | thị xã | bệnh viện | nhà trường | ủy viên | đội | tổ | trạm | chi cục |
chi nhánh | tổng công ty | nhà thầu | hộ | chi hội | bộ phận | cán bộ | công chức | viên chức | người |
ban quản lý | nhà máy | ủy ban | uỷ ban | thủ trưởng | người đứng đầu | chủ tịch | lãnh đạo | giám đốc |
văn phòng | thanh tra | báo | đài
"""

RIGHTS_NOT_DUTIES = re.compile(
    r"được (?:sử dụng|quyền|hưởng|phép)|tự giải thể|do .{3,60} phân công|có hiệu lực|"
    r"được thực hiện theo (?:các )?quy định|có quyền\b"
)

CLOSING = re.compile(
    r"^(?:Căn cứ|Nhận được|Trên đây|Yêu cầu|Đề nghị|Trong quá trình|Trong qúa trình|Quá trình|Chủ tịch|Ủy ban|"
    r"UBND|Thủ trưởng|Các|Giám đốc|Chỉ thị này|Công văn này|Kế hoạch này|Quyết định này|Văn phòng|"
    r"Nếu|Thừa lệnh|Vậy|Trong thời gian|Hết thời gian|Công điện này)"
)
CLOSING_ACT = re.compile(
    r"(?:nghiêm túc|khẩn trương|tổ chức|chủ động|quan tâm|phối hợp|tích cực|quyết liệt|tập trung)?,? ?"
    r"(?:nghiêm túc|khẩn trương|tổ chức)? ?(?:triển khai|thực hiện|thi hành)|khó khăn|vướng mắc|"
    r"có hiệu lực|ý kiến|để (?:biết|thực hiện|theo dõi)"
)

NO_TASK_SECTION = re.compile(
    r"^(?:mục đích|yêu cầu|mục tiêu|quan điểm|kinh phí|nguồn kinh phí|đối tượng|phạm vi|thời gian|địa điểm|"
    r"căn cứ|thực trạng|đánh giá|kết quả|tồn tại|nguyên nhân|sự cần thiết|bối cảnh|hiệu lực|"
    r"tình hình|nguồn lực|dự toán|thành phần)"
)
CONTENT_SECTION = re.compile(
    r"nhiệm vụ|giải pháp|nội dung|chỉ tiêu|hình thức|lộ trình|tiến độ|biện pháp"
)
ASSIGNING_SECTION = re.compile(
    r"tổ chức thực hiện|phân công|trách nhiệm|chế độ báo cáo|thông tin, báo cáo|tổ chức triển khai"
)


def alternatives(table: str) -> str:
    """A table of phrases as one alternation of a regular expression, longest first."""
    phrases = [phrase.strip() for phrase in re.split(r"\||\n", table) if phrase.strip()]
    return "|".join(
        re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(set(phrases), key=len)[::-1]
    )
