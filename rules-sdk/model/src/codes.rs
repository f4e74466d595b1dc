//! The closed lists of codes. Codes are English kebab-case; officials read the Vietnamese titles.

use crate::code::codes;

codes! {
    /// Đối tượng kiểm tra.
    pub enum SubjectKind {
        Dossier = "dossier" "Hồ sơ nhiệm vụ, dự án" "dossier of a task or project",
        BudgetEntry = "budget-entry" "Khoản mục dự toán ngân sách" "budget entry",
        UnitPlan = "unit-plan" "Dự toán năm của đơn vị" "unit's yearly budget plan",
        Portfolio = "portfolio" "Danh mục nhiệm vụ, dự án" "portfolio of tasks and projects",
    }

    /// Loại hồ sơ.
    pub enum DossierKind {
        FeasibilityReport = "feasibility-report" "báo cáo nghiên cứu khả thi" "feasibility report",
        PurchaseFeasibilityReport = "purchase-feasibility-report" "báo cáo nghiên cứu khả thi dự án mua sắm" "feasibility report of a purchase project",
        LeaseFeasibilityReport = "lease-feasibility-report" "báo cáo nghiên cứu khả thi dự án thuê dịch vụ công nghệ số" "feasibility report of a lease project",
        EconomicTechnicalReport = "economic-technical-report" "báo cáo kinh tế - kỹ thuật" "economic-technical report",
        ServiceLease = "service-lease" "kế hoạch thuê dịch vụ công nghệ số" "service lease plan",
        OutlineAndEstimate = "outline-and-estimate" "đề cương và dự toán chi tiết" "outline and detailed estimate",
        PurchaseWithoutProject = "purchase-without-project" "mua sắm theo dự toán, không lập dự án" "purchase within the estimate, without a project",
    }

    /// Bước của hồ sơ.
    pub enum Stage {
        Policy = "policy" "trình chủ trương" "policy decision",
        Appraisal = "appraisal" "trình thẩm định" "appraisal",
        Approval = "approval" "trình phê duyệt" "approval",
        ContractorSelection = "contractor-selection" "lựa chọn nhà thầu" "contractor selection",
        Implementation = "implementation" "thực hiện" "implementation",
        Completion = "completion" "hoàn thành" "completion",
    }

    /// Nhóm dự án theo Luật Đầu tư công.
    pub enum ProjectGroup {
        National = "national" "dự án quan trọng quốc gia" "project of national importance",
        A = "a" "nhóm A" "group A",
        B = "b" "nhóm B" "group B",
        C = "c" "nhóm C" "group C",
    }

    /// Cấp ngân sách hoặc cấp đơn vị.
    pub enum Level {
        Central = "central" "trung ương" "central",
        Province = "province" "tỉnh" "province",
        District = "district" "huyện" "district (until 2025-06-30)",
        Commune = "commune" "xã" "commune",
    }

    /// Căn cứ không phải lập dự án, kế hoạch thuê (Nghị định 224/2026/NĐ-CP Điều 65 khoản 1).
    pub enum ExemptBasis {
        A = "65-1-a" "điểm a khoản 1 Điều 65" "article 65.1.a",
        B = "65-1-b" "điểm b khoản 1 Điều 65" "article 65.1.b",
        C = "65-1-c" "điểm c khoản 1 Điều 65" "article 65.1.c",
        D = "65-1-d" "điểm d khoản 1 Điều 65" "article 65.1.d",
        Dd = "65-1-dd" "điểm đ khoản 1 Điều 65" "article 65.1.đ",
        E = "65-1-e" "điểm e khoản 1 Điều 65" "article 65.1.e",
    }

    /// Loại nguồn vốn.
    pub enum FundingKind {
        PublicInvestment = "public-investment" "vốn đầu tư công" "public investment",
        Recurrent = "recurrent" "chi thường xuyên" "recurrent expenditure",
        TargetProgramme = "target-programme" "chương trình mục tiêu quốc gia" "national target programme",
        Other = "other" "nguồn ngoài ngân sách nhà nước" "sources outside the state budget",
    }

    /// Nhóm chi phí.
    pub enum CostGroupKey {
        Construction = "construction" "chi phí xây lắp" "construction",
        Equipment = "equipment" "chi phí trang thiết bị" "equipment",
        ServiceLease = "service-lease" "chi phí thuê dịch vụ" "leased services",
        ProjectManagement = "project-management" "chi phí quản lý" "management",
        Consulting = "consulting" "chi phí tư vấn" "consulting",
        Other = "other" "chi phí khác" "other",
        Contingency = "contingency" "chi phí dự phòng" "contingency",
    }

    /// Phần của chi phí dự phòng.
    pub enum ContingencyPart {
        Volume = "volume" "khối lượng phát sinh" "added volume",
        PriceSlippage = "price-slippage" "trượt giá" "price slippage",
        Provisional = "provisional" "tạm tính" "provisional sums",
    }

    /// Thuế suất thuế giá trị gia tăng.
    pub enum VatRate {
        NotSubject = "not-subject" "không chịu thuế" "not subject",
        Zero = "0" "0%" "0%",
        Five = "5" "5%" "5%",
        Eight = "8" "8%" "8%",
        Ten = "10" "10%" "10%",
    }

    /// Hoạt động mà khoản chi trả cho.
    pub enum ActivityType {
        BuildSystem = "build-system" "xây dựng hệ thống" "building a system",
        UpgradeSystem = "upgrade-system" "nâng cấp, mở rộng hệ thống" "upgrading or expanding a system",
        BuildDatabase = "build-database" "tạo lập cơ sở dữ liệu" "creating a database",
        ConvertData = "convert-data" "chuyển đổi dữ liệu" "converting data",
        PurchaseEquipment = "purchase-equipment" "mua sắm thiết bị" "purchasing equipment",
        PurchaseEndUserDevice = "purchase-end-user-device" "mua sắm thiết bị đầu cuối" "purchasing end-user devices",
        PurchaseSoftware = "purchase-software" "mua sắm phần mềm thương mại" "purchasing commercial software",
        ReplaceEquipment = "replace-equipment" "thay thế thiết bị" "replacing equipment",
        ServiceLease = "service-lease" "thuê dịch vụ công nghệ số" "lease of digital services",
        OperateMaintain = "operate-maintain" "duy trì, vận hành, bảo trì" "operating and maintaining",
        Training = "training" "đào tạo, tập huấn" "training",
        Construction = "construction" "xây lắp" "construction work",
        Consulting = "consulting" "tư vấn" "consulting",
        Testing = "testing" "kiểm thử, vận hành thử" "testing and trial run",
        PriceAppraisal = "price-appraisal" "thẩm định giá" "price appraisal",
        Settlement = "settlement" "kiểm toán, quyết toán" "audit and settlement",
        Transport = "transport" "vận chuyển, lắp đặt" "transport and installation",
        Connection = "connection" "thuê đường truyền" "network connection",
        Management = "management" "quản lý" "management",
        Contingency = "contingency" "dự phòng" "contingency",
        OfficeEquipment = "office-equipment" "thiết bị văn phòng theo định mức" "office equipment by norm",
        Furniture = "furniture" "bàn ghế, điều hòa, nội thất" "furniture and air-conditioning",
        SecurityCamera = "security-camera" "camera an ninh trụ sở" "premises security cameras",
        Research = "research" "nghiên cứu khoa học" "research",
        Administration = "administration" "chi quản lý hành chính" "administration",
    }

    /// Loại cấu phần.
    pub enum ComponentType {
        InternalSoftware = "internal-software" "phần mềm nội bộ" "internal software",
        CommercialSoftware = "commercial-software" "phần mềm thương mại" "commercial software",
        Platform = "platform" "nền tảng số" "digital platform",
        Database = "database" "cơ sở dữ liệu" "database",
        Infrastructure = "infrastructure" "hạ tầng, máy chủ, mạng" "infrastructure",
        EndUserDevice = "end-user-device" "thiết bị đầu cuối" "end-user devices",
        Service = "service" "dịch vụ" "service",
        Training = "training" "đào tạo" "training",
    }

    /// Việc làm với cấu phần.
    pub enum ComponentAction {
        Build = "build" "xây dựng mới" "building anew",
        Upgrade = "upgrade" "nâng cấp" "upgrading",
        Expand = "expand" "mở rộng" "expanding",
        Purchase = "purchase" "mua sắm" "purchasing",
        Replace = "replace" "thay thế, dự phòng" "replacing",
        Lease = "lease" "thuê" "leasing",
        Integrate = "integrate" "tích hợp" "integrating",
    }

    /// Cách có được cấu phần.
    pub enum Provision {
        Invest = "invest" "đầu tư" "investment",
        Purchase = "purchase" "mua sắm" "purchase",
        LeaseAvailable = "lease-available" "thuê dịch vụ sẵn có" "lease of an available service",
        LeaseUnavailable = "lease-unavailable" "thuê dịch vụ không sẵn có" "lease of a service that is not available",
    }

    /// Quan hệ với hệ thống lõi.
    pub enum CoreRelation {
        IsCore = "is-core" "là hệ thống lõi" "is the core",
        ModuleOfCore = "module-of-core" "phân hệ của hệ thống lõi" "module of the core",
        ExtensionOfCore = "extension-of-core" "mở rộng hệ thống lõi" "extension of the core",
        IntegratesCore = "integrates-core" "tích hợp với hệ thống lõi" "integrates the core",
        Standalone = "standalone" "độc lập" "standalone",
    }

    /// Cách kết nối, chia sẻ dữ liệu.
    pub enum InteropVia {
        Lgsp = "lgsp" "nền tảng tích hợp, chia sẻ dữ liệu của tỉnh (LGSP)" "the province's platform (LGSP)",
        Ndxp = "ndxp" "nền tảng tích hợp, chia sẻ dữ liệu quốc gia (NDXP)" "the national platform (NDXP)",
        Direct = "direct" "kết nối trực tiếp" "directly",
        None = "none" "không kết nối" "not at all",
    }

    /// Phương pháp xác định giá.
    pub enum PriceMethod {
        Quote = "quote" "báo giá" "quotation",
        SimilarResult = "similar-result" "kết quả lựa chọn nhà thầu tương tự" "similar procurement result",
        PriceAppraisal = "price-appraisal" "thẩm định giá" "price appraisal",
        ListPrice = "list-price" "giá niêm yết" "list price",
        SectorNorm = "sector-norm" "định mức chuyên ngành" "sector norm",
        ExpertEstimate = "expert-estimate" "chuyên gia tư vấn" "expert estimate",
        PrescribedNorm = "prescribed-norm" "mức chi theo quy định" "prescribed spending norm",
        Comparison = "comparison" "so sánh" "comparison",
        CostCalculation = "cost-calculation" "tính chi phí" "cost calculation",
        Combined = "combined" "kết hợp" "combination",
    }

    /// Định mức tỷ lệ của Quyết định 1688/QĐ-BTTTT (chỉ dùng cho hồ sơ cũ).
    pub enum RateNorm {
        ManagementInfrastructure = "management-infrastructure" "quản lý dự án hạ tầng (Bảng 1a)" "project management, infrastructure (table 1a)",
        ManagementSoftware = "management-software" "quản lý dự án phần mềm (Bảng 1b)" "project management, software (table 1b)",
        ManagementSoftwareReport = "management-software-report" "quản lý dự án phần mềm lập báo cáo kinh tế - kỹ thuật (Bảng 1b)" "project management, software with an economic-technical report (table 1b)",
        PreparationInfrastructure = "preparation-infrastructure" "lập dự án hạ tầng (Bảng 2a)" "project preparation, infrastructure (table 2a)",
        PreparationSoftware = "preparation-software" "lập dự án phần mềm (Bảng 2b)" "project preparation, software (table 2b)",
        ReportSoftware = "report-software" "lập báo cáo kinh tế - kỹ thuật phần mềm" "economic-technical report, software",
        DesignSoftware = "design-software" "thiết kế và dự toán phần mềm (Bảng 3b)" "design and estimate, software (table 3b)",
        FeasibilityVerificationInfrastructure = "feasibility-verification-infrastructure" "thẩm tra tính hiệu quả và tính khả thi dự án hạ tầng (Bảng 4a)" "verification of feasibility, infrastructure (table 4a)",
        FeasibilityVerificationSoftware = "feasibility-verification-software" "thẩm tra tính hiệu quả và tính khả thi dự án phần mềm (Bảng 4b)" "verification of feasibility, software (table 4b)",
        DesignVerificationSoftware = "design-verification-software" "thẩm tra thiết kế phần mềm (Bảng 5b)" "verification of design, software (table 5b)",
        EstimateVerificationSoftware = "estimate-verification-software" "thẩm tra dự toán phần mềm (Bảng 6b)" "verification of estimate, software (table 6b)",
    }

    /// Hình thức lựa chọn nhà thầu.
    pub enum ProcurementForm {
        OpenBidding = "open-bidding" "đấu thầu rộng rãi" "open bidding",
        LimitedBidding = "limited-bidding" "đấu thầu hạn chế" "limited bidding",
        DirectAppointment = "direct-appointment" "chỉ định thầu" "direct appointment",
        CompetitiveOffer = "competitive-offer" "chào hàng cạnh tranh" "competitive offer",
        OnlineOffer = "online-offer" "chào giá trực tuyến" "online offer",
        DirectPurchase = "direct-purchase" "mua sắm trực tiếp" "direct purchase",
        SelfPerformed = "self-performed" "tự thực hiện" "self-performed",
        Negotiation = "negotiation" "đàm phán giá" "price negotiation",
        Order = "order" "đặt hàng" "order",
    }

    /// Lĩnh vực gói thầu.
    pub enum PackageCategory {
        Goods = "goods" "hàng hóa" "goods",
        Consulting = "consulting" "tư vấn" "consulting",
        NonConsulting = "non-consulting" "phi tư vấn" "non-consulting services",
        Works = "works" "xây lắp" "works",
        Mixed = "mixed" "hỗn hợp" "mixed",
    }

    /// Loại giấy tờ kèm theo.
    pub enum DocumentType {
        ProposalLetter = "proposal-letter" "tờ trình" "proposal letter",
        MainReport = "main-report" "báo cáo, kế hoạch hoặc đề cương trình thẩm định" "report, plan or outline",
        FundingPolicyDecision = "funding-policy-decision" "quyết định phê duyệt chủ trương và dự kiến kinh phí" "decision on policy and expected funding",
        InvestmentPolicyDecision = "investment-policy-decision" "quyết định chủ trương đầu tư" "investment policy decision",
        AllocationDecision = "allocation-decision" "quyết định giao dự toán" "allocation decision",
        VerificationReport = "verification-report" "báo cáo thẩm tra" "verification report",
        DesignAppraisal = "design-appraisal" "kết quả thẩm định thiết kế" "design appraisal",
        AppraisalReport = "appraisal-report" "báo cáo thẩm định" "appraisal report",
        Estimate = "estimate" "dự toán chi tiết" "detailed estimate",
        Quote = "quote" "báo giá" "quotation",
        PriceCertificate = "price-certificate" "chứng thư thẩm định giá" "price certificate",
        ProcurementResult = "procurement-result" "kết quả lựa chọn nhà thầu" "procurement result",
        SpendingNorm = "spending-norm" "văn bản quy định mức chi" "spending norm",
        SecurityLevelExplanation = "security-level-explanation" "thuyết minh cấp độ an ninh mạng" "security level explanation",
        SecurityLevelDecision = "security-level-decision" "quyết định phê duyệt cấp độ" "security level decision",
        AccountabilityStatement = "accountability-statement" "cam kết trách nhiệm của chủ đầu tư" "owner's accountability statement",
        Authorisation = "authorisation" "văn bản ủy quyền" "authorisation",
        OneStepPermission = "one-step-permission" "văn bản cho phép thiết kế một bước" "permission for one-step design",
        ReplacementList = "replacement-list" "danh mục thiết bị thay thế" "replacement list",
        IncidentRecord = "incident-record" "biên bản sự cố" "incident record",
        ProcedureChange = "procedure-change" "văn bản quy phạm pháp luật thay đổi quy trình, thủ tục" "legal text changing a procedure",
        Directive = "directive" "văn bản chỉ đạo" "directive",
        ChairmanDecision = "chairman-decision" "quyết định của Chủ tịch Ủy ban nhân dân cấp tỉnh" "decision of the provincial chairman",
        CouncilDecision = "council-decision" "quyết định thành lập hội đồng thẩm định" "appraisal council decision",
        AppointmentEvidence = "appointment-evidence" "tài liệu chứng minh căn cứ chỉ định thầu" "evidence for direct appointment",
        TransitionalChoice = "transitional-choice" "văn bản lựa chọn chuyển tiếp" "transitional choice",
        ImpactAssessment = "impact-assessment" "hồ sơ đánh giá tác động xử lý dữ liệu cá nhân" "personal data impact assessment",
        Opinion = "opinion" "văn bản ý kiến" "opinion",
        Survey = "survey" "báo cáo khảo sát hiện trạng" "current-state survey",
        Other = "other" "giấy tờ khác" "other",
    }

    /// Tình trạng chữ ký số do hệ thống kiểm tra.
    pub enum SignatureStatus {
        Valid = "valid" "hợp lệ" "valid",
        Invalid = "invalid" "không hợp lệ" "invalid",
        Unsigned = "unsigned" "chưa ký số" "not signed",
        NotChecked = "not-checked" "chưa kiểm tra" "not checked",
    }

    /// Định dạng của giấy tờ.
    pub enum DocumentFormat {
        Pdf = "pdf" "PDF" "PDF",
        Docx = "docx" "DOCX" "DOCX",
        Xlsx = "xlsx" "XLSX" "XLSX",
        Xml = "xml" "XML" "XML",
        Image = "image" "ảnh" "image",
        Paper = "paper" "bản giấy" "paper",
    }

    /// Nguồn gốc bản điện tử.
    pub enum DocumentOrigin {
        Electronic = "electronic" "tạo lập điện tử" "born electronic",
        Scan = "scan" "sao chụp từ bản giấy" "scan of paper",
    }

    /// Kênh gửi hồ sơ.
    pub enum Channel {
        Electronic = "electronic" "điện tử" "electronic",
        Paper = "paper" "trực tiếp, bản giấy" "on paper",
        Post = "post" "bưu chính" "by post",
    }

    /// Vai trò của cơ quan.
    pub enum Role {
        ItSpecialistUnit = "it-specialist-unit" "đơn vị chuyên trách về chuyển đổi số" "digital specialist unit",
        FinanceUnit = "finance-unit" "cơ quan tài chính" "finance unit",
        InvestmentUnit = "investment-unit" "cơ quan kế hoạch, đầu tư" "investment unit",
        HomeAffairsUnit = "home-affairs-unit" "cơ quan nội vụ" "home affairs unit",
        LineMinistry = "line-ministry" "Bộ, ngành chủ quản" "line ministry",
        ApprovingAuthority = "approving-authority" "cấp có thẩm quyền phê duyệt" "approving authority",
        Other = "other" "cơ quan khác" "other",
    }

    /// Loại kế hoạch làm căn cứ.
    pub enum PlanType {
        DxFiveYear = "dx-five-year" "kế hoạch chuyển đổi số 5 năm" "five-year digital plan",
        DxAnnual = "dx-annual" "kế hoạch chuyển đổi số hằng năm" "yearly digital plan",
        PublicInvestmentMediumTerm = "public-investment-medium-term" "kế hoạch đầu tư công trung hạn" "medium-term public investment plan",
        PublicInvestmentAnnual = "public-investment-annual" "kế hoạch đầu tư công hằng năm" "yearly public investment plan",
        SocioEconomic = "socio-economic" "kế hoạch phát triển kinh tế - xã hội" "socio-economic plan",
        Resolution = "resolution" "nghị quyết" "resolution",
        Programme = "programme" "chương trình" "programme",
    }

    /// Văn bản chỉ đạo làm căn cứ khi đột xuất.
    pub enum DirectiveType {
        AssemblyResolution = "assembly-resolution" "nghị quyết của Quốc hội" "resolution of the National Assembly",
        GovernmentResolution = "government-resolution" "nghị quyết của Chính phủ" "resolution of the Government",
        Decision = "decision" "quyết định" "decision",
        Directive = "directive" "chỉ thị" "directive",
        Notice = "notice" "thông báo kết luận" "notice of conclusions",
    }

    /// Bảy nội dung chuyển đổi số.
    pub enum Pillar {
        Awareness = "awareness" "tuyên truyền, nâng cao nhận thức về chuyển đổi số" "awareness",
        Institutions = "institutions" "cơ chế, chính sách" "institutions",
        Workforce = "workforce" "nguồn nhân lực" "workforce",
        DigitalGovernment = "digital-government" "chính quyền số, đô thị thông minh" "digital government",
        DigitalEconomy = "digital-economy" "kinh tế số" "digital economy",
        DigitalSociety = "digital-society" "xã hội số" "digital society",
        PrioritySectors = "priority-sectors" "lĩnh vực ưu tiên" "priority sectors",
    }

    /// Kết quả rà soát.
    pub enum ReviewOutcome {
        Keep = "keep" "giữ nguyên" "keep",
        Reduce = "reduce" "giảm quy mô" "reduce",
        Change = "change" "thay đổi" "change",
        Stop = "stop" "dừng thực hiện" "stop",
    }

    /// Sản phẩm bàn giao.
    pub enum Deliverable {
        SourceCode = "source-code" "mã nguồn" "source code",
        Design = "design" "tài liệu thiết kế" "design documents",
        Manual = "manual" "tài liệu hướng dẫn" "manuals",
        Training = "training" "tài liệu đào tạo" "training material",
        Maintenance = "maintenance" "quy trình bảo trì" "maintenance procedure",
        Data = "data" "dữ liệu" "data",
    }

    /// Sở hữu thông tin, dữ liệu khi thuê.
    pub enum DataOwnership {
        Lessee = "lessee" "thuộc cơ quan thuê" "the lessee's",
        Shared = "shared" "sở hữu chung" "shared",
        Provider = "provider" "thuộc nhà cung cấp" "the provider's",
    }

    /// Tiêu chí xác định cấp độ an ninh mạng.
    pub enum SecurityCriterion {
        StateSecret = "state-secret" "xử lý bí mật nhà nước, quốc phòng, an ninh" "state secrets",
        AdministrativeProcedures = "administrative-procedures" "giải quyết thủ tục hành chính" "administrative procedures",
        ConditionalBusiness = "conditional-business" "dịch vụ kinh doanh có điều kiện trên mạng" "conditional online business",
        LargePersonalData = "large-personal-data" "dữ liệu cá nhân quy mô lớn" "large-scale personal data",
        SharedInfrastructure = "shared-infrastructure" "hạ tầng dùng chung của bộ, ngành, tỉnh" "shared infrastructure",
        IndustrialControl = "industrial-control" "hệ thống điều khiển công nghiệp" "industrial control",
        InternalWithPersonalData = "internal-with-personal-data" "hệ thống nội bộ có dữ liệu cá nhân" "internal system with personal data",
        InternalOnly = "internal-only" "chỉ phục vụ hoạt động nội bộ" "internal only",
    }

    /// Mục nội dung của báo cáo, kế hoạch hoặc đề cương.
    pub enum SectionKey {
        GeneralInformation = "general-information" "thông tin chung" "general information",
        Necessity = "necessity" "sự cần thiết" "necessity",
        PlanConformity = "plan-conformity" "sự phù hợp với quy hoạch, kế hoạch" "conformity with plans",
        ObjectivesScope = "objectives-scope" "mục tiêu, nhiệm vụ, đầu ra, quy mô, hình thức" "objectives, outputs, scope",
        BaseDesign = "base-design" "thiết kế cơ sở" "base design",
        DetailedDesign = "detailed-design" "thiết kế chi tiết" "detailed design",
        SiteConditions = "site-conditions" "điều kiện, địa điểm" "site conditions",
        ManagementOperation = "management-operation" "phương án quản lý, khai thác" "management and operation",
        EnvironmentalImpact = "environmental-impact" "tác động môi trường" "environmental impact",
        SiteClearance = "site-clearance" "đền bù, giải phóng mặt bằng" "site clearance",
        Schedule = "schedule" "tiến độ, mốc thời gian" "schedule",
        InvestmentAndFunding = "investment-and-funding" "tổng mức đầu tư, nguồn vốn" "investment and funding",
        OperatingCost = "operating-cost" "chi phí vận hành" "operating cost",
        ProjectOrganisation = "project-organisation" "tổ chức quản lý dự án" "project organisation",
        Effectiveness = "effectiveness" "hiệu quả đầu tư" "effectiveness",
        CurrentState = "current-state" "hiện trạng" "current state",
        ArchitectureCompliance = "architecture-compliance" "sự tuân thủ khung kiến trúc" "architecture compliance",
        ServiceQuality = "service-quality" "chất lượng dịch vụ, kết nối, chia sẻ" "service quality and interoperability",
        DataOwnershipTransfer = "data-ownership-transfer" "sở hữu dữ liệu, phương án chuyển giao" "data ownership and transfer",
        LeasePeriod = "lease-period" "thời gian thuê" "lease period",
        ArisingCases = "arising-cases" "phương án phát sinh" "arising cases",
        LeaseEstimate = "lease-estimate" "dự toán thuê" "lease estimate",
        TechnicalSolution = "technical-solution" "thuyết minh phương án kỹ thuật" "technical solution",
        DetailedEstimate = "detailed-estimate" "dự toán chi tiết" "detailed estimate",
        Proposals = "proposals" "đề xuất, kiến nghị" "proposals",
    }
}
