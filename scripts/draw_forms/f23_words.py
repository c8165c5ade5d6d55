"""The rows of F23: what stands at the left, and the boxes and blanks at the right."""

from __future__ import annotations


def tick(tag: str, n: int, text: str, remark: str = "", after: str = "") -> str:
    """Box ``n`` of ``tag`` with its word, and ``remark`` before the blank beside it."""
    return f"{{{{ {tag}_{n} }}}}{text}" + (f"，{remark}[[{{{{ {tag}_{n}_remark }}}}]]{after}" if remark else "")


def yes_no(tag: str, yes: str = "", no: str = "說明：") -> str:
    return tick(tag, 1, "是", yes) + "\n" + tick(tag, 2, "否", no)


def simple(tag: str) -> str:
    return f"{{{{ {tag}_1 }}}}是{{{{ {tag}_1_remark }}}}　{{{{ {tag}_2 }}}}否{{{{ {tag}_2_remark }}}}"


def reason(tag: str) -> str:
    return tick(tag, 1, "是") + "\n" + tick(tag, 2, "否", "原因：")


BACKGROUND = (
    ("是否收集個人資料(含紙本及電子檔形式，詳說明 3,4)", simple("collects_personal_data")),
    ("系統(網站)名稱", "{{ system_name }}"),
    ("系統(網站)網址/IP", "{{ url_ip }}"),
    ("系統(網站)設備裝置地點(如置於處外，請詳細填寫)",
     "{{ location_1 }}本處機房\n{{ location_2 }}處外　管理單位名稱(如中華電信桃園機房)：[[{{ location_2_remark }}]]\n"
     "位於：[[　　　　]]市(縣)[[　　　　]]區(鄉、鎮、市)"),
    ("是否為對外服務之系統(網站)",
     "{{ public_service_1 }}是　{{ public_service_2 }}否\n是否為本年度新增之系統(網站)　{{ public_service_3 }}是　"
     "{{ public_service_4 }}否"),
    ("是否可透過 Internet 連結",
     "{{ internet_access_1 }}是　{{ internet_access_2 }}否\n系統(網站)是否預計於本年度移入本處機房集中管理\n"
     "{{ internet_access_3 }}是　{{ internet_access_4 }}否"),
    ("系統(網站)主要內容概述(有關開發建置、功能強化、系統維護等工作項目之目標、範圍、預期效益等之概要說明)", "{{ content_summary }}"),
    ("維護單位", "維護單位：{{ maintenance_unit }}"),
    ("系統(網站)資安承辦人連絡方式(同系統(網站)維護人員，以下免填)",
     "姓名：{{ security_contact_name }}\n電話：{{ security_contact_phone }}\nE-mail：{{ security_contact_email }}"),
    ("系統(網站)維護方式(請詳細填寫維護方式、使用軟體/版本，以及是否限制來源 IP)",
     "{{ maintenance_mode_1 }}由本委辦計畫執行單位人員或維護廠商遠端維護，方式為：[[{{ maintenance_mode_1_remark }}]]\n"
     "使用軟體/版本：[[{{ maintenance_mode_rest }}]]\n{{ maintenance_mode_2 }}有限制來源 IP　{{ maintenance_mode_3 }}未限制來源 IP\n"
     "{{ maintenance_mode_4 }}由本委辦計畫執行單位人員或維護廠商現場維護\n{{ maintenance_mode_5 }}其他："
     "[[{{ maintenance_mode_5_remark }}]]"),
)
LANGUAGES = ("JAVA", "JSP", "ASP", "HTML", "PHP", "XML", "Delphi", "Microsoft VB", "C語言", "C++", "Perl", "其他")
DEVELOPMENT = (
    ("系統(網站)架構", "{{ architecture_1 }}Client/Server　{{ architecture_2 }}Web Based　{{ architecture_3 }}其他"
        "[[{{ architecture_3_remark }}]]"),
    ("程式語言(可複選)", "　".join(f"{{{{ languages_{n} }}}}{name}" for n, name in enumerate(LANGUAGES[:-1], 1))
     + "\n{{ languages_12 }}其他"
     + "[[{{ languages_12_remark }}]]"),
    ("資料庫容量/成長",
     "資料庫目前空間[[{{ database_space }}]]MB\n資料庫更新頻率[[{{ database_often }}]]次/月\n資料庫更新資料量"
     "[[{{ database_amount }}]]MB/月"),
    ("網站網址", "{{ scheme_1 }}http://　{{ scheme_2 }}https://"),
    ("系統(網站)使用線路(出口)",
     "{{ network_1 }}GSN　{{ network_2 }}HINET　{{ network_3 }}SEEDNET　{{ network_4 }}其他[[{{ network_4_remark }}]]"),
    ("系統(網站)使用之線路與頻寬", "{{ network_5 }}專線　頻寬：[[{{ network_5_remark }}]]"),
    ("網站平均及最大流量", "最大流量[[______]]Kbps，平均流量[[______]]Kbps　{{ network_rest }}"),
    ("預估回應時間", "{{ response_time_1 }}[[{{ response_time_1_remark }}]]秒　{{ response_time_2 }}不要求"),
    ("系統(網站)同時登入人數之限制", "{{ concurrent_1 }}[[{{ concurrent_1_remark }}]]人次　{{ concurrent_2 }}無限制"),
    ("系統(網站)使用頻率", "□每日[[_____]]人次　□每週[[_____]]人次　□每月[[_____]]人次"),
    ("網站資料更新方式", "□人工更新　□後台上稿管理系統　□其他"),
    ("是否使用 SSL 機制", tick("ssl", 1, "是", "產品名稱為：") + "\n" + tick("ssl", 2, "否")),
    ("空間、更新頻率及更新量", "{{ space_growth }}"),
    ("是否依「政府網站無障礙化作業規定」製作？(說明 1)", yes_no("accessibility", "等級為")),
    ("是否依「行政機關電子資料流通詮釋資料及分類檢索規範」及相關規定製作？(說明 1)", yes_no("metadata_std")),
    ("是否依「政府網站版面與內容管理規範」製作？(說明 1)", yes_no("content_std")),
    ("是否依「英文網站版型及使用介面參考手冊」製作？(說明 1)", yes_no("english_std")),
    ("系統(網站)設計工具", "系統分析工具：[[____________]]"),
    ("是否依規定製作隱私權公告與聲明", simple("privacy_notice")),
)
SECURITY = (
    ("資安檢測", tick("sec_detection", 1, "是", "檢測方式為") + "\n" + tick("sec_detection", 2, "否", "說明：")),
    ("密碼是否不少於 8 碼，且由英文大小寫、數字及符號組成混合", yes_no("password_policy")),
    ("是否有機敏性或限制級資料", tick("sensitive_data", 1, "是", "說明：") + "\n" + tick("sensitive_data", 2, "否")),
    ("是否檢測應用程式之 SQL Injection 等安全漏洞並予修補(主機、網路系統應進行弱點掃描及漏洞修補，如無，請務必填寫說明)",
     yes_no("sqli_checked")),
    ("是否使用防毒軟體並即時更新病毒碼", yes_no("antivirus", "使用軟體為")),
    ("是否對主機、網路系統進行弱點掃描及漏洞修補？(如勾「否」，務必填寫說明)", yes_no("scan", "軟體名稱/版本：")),
    ("網路是否具有防火牆防護(如勾「否」，務必填寫說明)\n網路應具有防火牆防護，如無，請務必填寫說明。",
     yes_no("firewall", "軟硬體名稱/版本：")),
    ("網路或主機是否具有入侵偵測機制(IDS)？", tick("ids", 1, "是", "軟硬體名稱/版本：") + "\n" + tick("ids", 2, "否")),
    ("網路或主機是否具有入侵防禦機制(IPS)？", tick("ips", 1, "是", "軟硬體名稱/版本：") + "\n" + tick("ips", 2, "否")),
    ("網站是否設有網頁即時自動回復機制？", tick("page_restore", 1, "是", "軟硬體名稱/版本：") + "\n" + tick("page_restore", 2, "否")),
    ("網站是否設有反弱點防護機制(網站漏洞修補前之替代性防護機制)？", simple("anti_vuln")),
    ("是否具有資訊安全防護中心(SOC) 24 小時網路監控及通報機制？", simple("soc")),
    ("機房是否須有 24 小時操作人員輪值？", tick("operators", 1, "是", "理由為") + "\n" + tick("operators", 2, "否")),
    ("其他(請敘述之)", ""),
)
SCALE = (("系統規模", "畫面數：[[{{ size_screens }}]]　table 數：[[{{ size_tables }}]]　程式數：[[{{ size_programs }}]]　元件數："
    "[[{{ size_parts }}]]"),)
EMERGENCY = (
    ("系統遭受意外毀損之回復說明(含緊急應變處理小組之組成及分工，警、消、電力聯絡管道)", "{{ recovery }}"),
    ("因事故致系統停頓無法及時回復運作時，暫以人工作業運作之替代說明", "{{ manual_fallback }}"),
)
PERSONAL = (
    ("所蒐集之個人資料欄位名稱或紙本資料名稱", "{{ pd_fields }}"),
    ("個人資料檔案名稱(指依系統建立而得以自動化機器或其他非自動化方式檢索、整理之個人資料集合)", "{{ pd_file_name }}"),
    ("個人資料之蒐集、處理或利用，應尊重當事人之權益，依誠實及信用方法為之，不得逾越特定目的之必要範圍，並應與蒐集之目的具有正當合理之關聯",
     reason("pd_purpose") + "\n□改善計畫：[[______________]]"),
    ("是否公開下列事項於電腦網站，或以其他適當方式供公眾查閱\n◆個人資料檔案名稱\n◆保有機關名稱或聯絡方式\n◆個人資料檔案保有之依據及特定目的\n"
     "◆個人資料之類別", reason("pd_publish")),
    ("是否指定專人辦理安全維護事項，防止個人資料被竊取、竄改、毀損、滅失或洩漏", reason("pd_responsible")),
    ("確保個資是正確的，且在需要之處維持最新的個資。", reason("pd_correct")),
    ("向當事人蒐集個人資料時，是否明確告知當事人下列事項：公務機關或非公務機關名稱；蒐集之目的；個人資料之類別；個人資料利用之期間、地區、對象及方式；"
     "當事人依個人資料保護法第三條規定得行使之權利及方式；當事人得自由選擇提供個人資料時，不提供將對其權益之影響(個人資料保護法第八條)",
     reason("pd_notice_8")),
    ("非由當事人提供之個人資料，是否於處理或利用前，向當事人告知個人資料來源及個人資料保護法第八條第一項第一款至第五款所列事項"
     "(個人資料保護法第九條)", reason("pd_notice_9")),
    ("建立個資的保留時程表，以確保個資的保留時間不超過必要的程度，如可能為歷史及/或研究目的而保留，應載明任何可適用的正當理由。",
     reason("pd_retention")),
    ("對於不再需要的個人資料，應建立處置程序，以確保依規定處置不再需要的個人資料。", reason("pd_disposal")),
)
NOTES = (
    ("1.如為網站，須依下列規範建置與維護(相關規定請參考行政院研考會「政府網站營運交流平台」，網址：http://www.webguide.nat.gov.tw/)：", 0),
    ("(1)行政院研考會「無障礙網頁開發規範」及「政府網站無障礙化作業規定」符合 A+優先等級(含)以上，並張貼等級標章。", 1),
    ("(2)行政院研考會「行政機關電子資料流通詮釋資料及分類檢索規範」及相關規定，進行網站各項資訊詮釋資料及分類檢索加註標示。", 1),
    ("(3)行政院研考會「政府網站版型與內容管理規範」(如有英文網站，須另依行政院研考會「英文網站版型及使用介面參考手冊」製作維護)。", 1),
    ("2.因應 101 年政府組織改造，將於 100 年 7 月及 11 月進行服務不中斷演練，須配合於 100 年 5 月 31 日前完成假編成資訊系統(含網站)"
     "之內容修改；且為達 101 "
     "年 1 月 1 日服務不中斷，應於 100 年 12 月 31 日進行假編成資訊系統(含網站)之正式上線移轉(如年度結束不再使用者，應於 100 年 12 "
     "月 31 日前關閉)。", 0),
    ("3.因應「電腦處理個人資料保護法」於 99 年 5 月 26 日修正為「個人資料保護法」(預計於 101 年施行)，計畫執行如涉及個人資料之蒐集"
     "、處理及利用，應注意"
     "下列事項及相關法令：", 0),
    ("(1)個人資料之蒐集或電腦處理，應經當事人書面同意、執掌必要範圍內、對當事人權益無侵害之處，且符特定目的，始得為之(個資法修正施行後，應加上告知程序)。"
     "個資利用時，應與法定職務必要範圍內為之，並與特定目的相符。", 1),
    ("(2)加強個人資料存取加解密等防護功能，以及新增、修改、查詢、列印等必要 log 之記錄(且評估時應注意資料成長量及保存期限之規劃)。", 1),
    ("(3)除前述安全控管措施外，應自行或委由通過資訊安全相關認證之專業廠商強化資料安全防護作業之執行。", 1),
    ("4.個人資料：指自然人之姓名、出生年月日、國民身分證統一編號、護照號碼、特徵、指紋、婚姻、家庭、教育、職業、病歷、醫療、基因、性生活、健康檢查、"
     "犯罪前科、聯絡方式、財務情況、社會活動及其他得以直接或間接方式識別該個人之資料。", 0),
)
