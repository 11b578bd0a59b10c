using static Jarvis.Domain.Memories.MemoryKind;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules.Polish;

/// <summary>Patterns of statements that users make about themselves in Polish: without pronouns, in freer order, with endings.</summary>
internal static class PolishPatterns
{
    private const string Often = "(?:(?:bardzo|też|także|również|teraz|obecnie|aktualnie|nadal|wciąż|zawsze|zwykle|najbardziej|szczerze|naprawdę|właśnie|niedawno|ostatnio|już|od lat|od dawna) )*";
    private const string When = "(?:(?:od|w|we|na|przed|po|za|dnia|rano|wieczorem|zimą|latem|wiosną|jesienią|jutro|pojutrze|rok|dwa|trzy|cztery|pięć|kilka|\\d{1,2})(?: [\\p{L}\\d.:]+){0,5}?,? )?";
    private const string Adjectives = "(?:[\\p{L}-]+ ){0,3}";
    private const string My = "(?:mój|moja|moje|moi|nasz|nasza|nasze)";
    private const string MyBy = "(?:moim|moją|moimi|naszym|naszą)";
    private const string Count = "(?:(?:jednego|jedną|jedno|dwa|dwie|dwóch|dwoje|trzy|trzech|troje|cztery|czworo|czterech|pięć|pięcioro|kilka|\\d+) )?";
    private const string Name = "[„\"“'‘]?(?<v>[\\p{L}\\d'’.-]+(?: (?-i:\\p{Lu})[\\p{L}'’.-]*){0,2})";
    private const string CapitalName = "(?<v>(?-i:\\p{Lu})[\\p{L}'’-]+(?: (?-i:\\p{Lu})[\\p{L}'’-]+){0,2})";

    /// <summary>Place with a capital letter after the preposition, or a kind of dwelling.</summary>
    private const string Place =
        "(?:(?-i:[\\p{Ll} -]*?)" + CapitalName + "|" + Adjectives + "(?<v>wsi|bloku|kamienicy|akademiku|domu|mieszkaniu|kawalerce|mieście|miasteczku|internacie)\\b)";

    private const string Pet =
        "(?<of>pies|piesek|suczka|suka|szczeniak|kot|kotka|kotek|kociak|papuga|papużka|chomik|królik|koń|klacz|żółw|świnka morska|kanarek|fretka|wąż|rybka|" +
        "labrador|golden|owczarek|jamnik|pudel|terier|beagle|husky|buldog)";

    private const string PetHad =
        "(?:psa|psy|psów|pieska|pieski|suczk[ęi]|szczenia\\p{L}+|kota|koty|kotów|kotk[ęi]|kotka|kocia\\p{L}+|papug[ęi]|papużk[ęi]|chomika|chomiki|królika|króliki|konia|konie|klacz|" +
        "żółwia|żółwie|śwink[ęi] morsk\\p{L}+|kanarka|fretk[ęi]|węża|rybki|labradora|goldena|owczarka|jamnika|pudla|teriera|beagle'?a|husky'?ego|buldoga)";

    private const string NamedWhich =
        ",? (?:o imieniu|imieniem|któr[yae] (?:nazywa się|wabi się|ma na imię)|co się wabi) ";

    private const string OneKin =
        "żona|mąż|partner|partnerka|chłopak|dziewczyna|narzeczony|narzeczona|mama|matka|tata|ojciec|szef|szefowa|kierownik|kierowniczka|lekarz|lekarka|" +
        "dentysta|dentystka|terapeuta|terapeutka|teść|teściowa";

    private const string Kin =
        "(?<of>" + OneKin + "|siostra|brat|syn|córka|dziecko|wnuk|wnuczka|babcia|dziadek|ciocia|ciotka|wujek|kuzyn|kuzynka|szwagier|szwagierka|" +
        "bratanek|bratanica|siostrzeniec|siostrzenica|przyjaciel|przyjaciółka|kolega|koleżanka|sąsiad|sąsiadka|współlokator|współlokatorka|" +
        "nauczyciel|nauczycielka|trener|trenerka|rodzice|dziadkowie|dzieci|rodzina|synowie|córki|bracia|siostry|wnuki|przyjaciele|koledzy|koleżanki)";

    private const string KinHad =
        "(?:żonę|męża|partner\\p{L}+|chłopaka|dziewczynę|narzeczon\\p{L}+|siostr[ęy]|siostrę|brata|braci|dzieci|dziecko|syna|synów|synka|synków|córk[ęi]|córeczk[ęi]|wnuk\\p{L}*|" +
        "wnuczk[ęi]|rodzeństwo|bliźnia\\p{L}+|siostrzenic\\p{L}|bratan\\p{L}+)";

    /// <summary>Occupations in the instrumental, as after "jestem".</summary>
    private const string Occupation =
        "nauczyciel(?:em|ką)|lekar(?:zem|ką)|pielęgniar(?:zem|ką)|inżynier(?:em|ką)|programist(?:ą|ką)|prawni(?:kiem|czką)|księgow(?:ym|ą)|kuchar(?:zem|ką)|piekarzem|" +
        "rzeźnikiem|stolarzem|elektrykiem|hydraulikiem|mechanikiem|kierowcą|pilot(?:em|ką)|dentyst(?:ą|ką)|weterynar(?:zem|ką)|farmaceut(?:ą|ką)|architekt(?:em|ką)|" +
        "projektant(?:em|ką)|grafi(?:kiem|czką)|artyst(?:ą|ką)|malar(?:zem|ką)|muzykiem|piosenkar(?:zem|ką)|aktor(?:em|ką)|pisar(?:zem|ką)|dziennikar(?:zem|ką)|redaktor(?:em|ką)|" +
        "tłumacz(?:em|ką)|fotograf(?:em|ką)|rolni(?:kiem|czką)|ogrodni(?:kiem|czką)|fryzjer(?:em|ką)|kelner(?:em|ką)|barman(?:em|ką)|kasjer(?:em|ką)|sprzedaw(?:cą|czynią)|" +
        "sekretar(?:zem|ką)|bibliotekar(?:zem|ką)|naukow(?:cem|czynią)|fizy(?:kiem|czką)|chemi(?:kiem|czką)|biolo(?:giem|żką)|matematy(?:kiem|czką)|profesor(?:em|ką)|" +
        "wykładow(?:cą|czynią)|student(?:em|ką)|doktorant(?:em|ką)|ucz(?:niem|ennicą)|licealist(?:ą|ką)|psycholo(?:giem|żką)|psychiatrą|terapeut(?:ą|ką)|fizjoterapeut(?:ą|ką)|chirurgiem|położną|" +
        "ratowni(?:kiem|czką)(?: medyczn(?:ym|ą))?|straża(?:kiem|czką)|policjant(?:em|ką)|żołnier(?:zem|ką)|sędzią|notariuszem|konsultant(?:em|ką)|anality(?:kiem|czką)|ekonomist(?:ą|ką)|" +
        "bankowcem|menedżer(?:em|ką)|kierowni(?:kiem|czką)|dyrektor(?:em|ką)|przedsiębior(?:cą|czynią)|freelancer(?:em|ką)|budowlańcem|murarzem|spawaczem|kraw(?:cem|cową)|" +
        "opiekun(?:em|ką)|księdzem|zakonni(?:kiem|cą)|trener(?:em|ką)|sportow(?:cem|czynią)|stewardesą|marynarzem|górnikiem|logisty(?:kiem|czką)|tester(?:em|ką)|administrator(?:em|ką)|" +
        "przedszkolan(?:ką|kiem)|niani[ąa]|baristą|leśni(?:kiem|czką)|urzędni(?:kiem|czką)|emeryt(?:em|ką)|rencist(?:ą|ką)|gospodynią domową|handlowcem|magazynierem|kurier(?:em|ką)|pszczelarzem|kosmetyczką|florystką";

    private const string Occasion =
        "wizyt|zebrani|wywiadówk|egzamin|spotkani|rozmow|samolot|lot\\b|lotu|ślub|wesel|koncert|operacj|badani|zabieg|termin|prezentacj|konferencj|urlop|wycieczk|mecz|zawody|zawodów|obron|matur|randk|" +
        "pogrzeb|rocznic|urodzin|imprez|kurs|wyjazd|rozpraw|kolokwium|sprawdzian|pociąg|dyżur|rehabilitacj|szczepieni";

    /// <summary>Excludes wishes about the answer or the current task.</summary>
    private const string Lasting = "(?!.*\\b(?:tego|to|tej|błęd\\p{L}+|kod\\p{L}*|plik\\p{L}*|funkcj\\p{L}+|więcej o)\\b)";

    private const string Taste =
        "(?!(?:nie|nasz\\p{L}*|to|tego|tę|tą|ten|ta|te|tych|tamt\\p{L}+|twoj\\p{L}+|swoj\\p{L}+|cię|ciebie|was|go|ją|ich|jej|jego|kiedy|gdy|jak|że|żeby|gdzie|co|wszystk\\p{L}+|sposób|wiedzieć|mówić|myśleć|stać w|czekać|(?:\\p{L}+ )?(?:opcj|wersj|odpowied|propozycj)\\p{L}*|.*(?:z tych|od tamt|niż ten|niż ta))\\b)" +
        "(?<of>\\p{L}.*)";

    private const string Manner =
        "(?:(?:jak najkrócej|krótko|zwięźle|szczegółowo|prosto|prostym językiem|prostymi słowami|formalnie|nieformalnie|uprzejmie|bezpośrednio|powoli|krok po kroku|na luzie|konkretnie)|" +
        "po (?:polsku|angielsku|niemiecku|francusku|hiszpańsku|ukraińsku|włosku|czesku|rosyjsku|śląsku|kaszubsku)|w (?:punktach|jednym zdaniu|kilku zdaniach|dwóch zdaniach|skrócie)|" +
        "(?:krótkimi|pełnymi|prostymi) zdaniami|bez (?:emoji|emotikonów|żargonu|wypunktowań|list|tabel|ozdobników)|jak (?:do )?przyjaciel(?:a)?|w języku (?:polskim|angielskim|niemieckim|francuskim|hiszpańskim|ukraińskim|włoskim|czeskim))";

    private const string Habit =
        "(?:emoji|emotikon\\p{L}*|żargonu|slangu|wypunktowań|wypunktowania|wykrzykników|markdownu|tabel|list|nagłówków|skrótów|wulgaryzmów|przekleństw|metafor|zwrotów grzecznościowych)";

    private const string Always = "(?:(?:proszę|zawsze|od teraz|odtąd|od dziś|w przyszłości|na przyszłość|jarvis),? )*";

    public static Language Language { get; } = new(
        Opening: Rules.Language.Expression(
            "^(?:(?:cześć|hej|hejka|witaj|siema|dzień dobry|dobry wieczór)(?:,? jarvis)?\\b[,! ]*|(?:jarvis|no więc|więc|no|tak|nie,|a|i|ale|oraz|otóż|przy okazji|swoją drogą|a tak w ogóle|tak w ogóle|tak przy okazji|" +
            "wiesz(?:, że)?|zapamiętaj,?(?: proszę,?)?(?: że)?|pamiętaj,?(?: że)?|dodam,? że|słuchaj|niestety|na szczęście|szczerze mówiąc|prawdę mówiąc|dla jasności|dla twojej wiadomości|" +
            "chcę, żebyś wiedział,? że|powinieneś wiedzieć,? że|ogólnie|generalnie|ja)\\b,? +)"),
        ClauseStart: Rules.Language.Expression(
            "(?:(?:,|;| [-–—])? +(?:i|a|oraz|ale|lecz|natomiast)|[,;]| [-–—]) +(?=(?:(?:też|także|bardzo|nie|je|obecnie|teraz|dodatkowo) )*" +
            "(?:mieszkam|pracuję|mam|lubię|uwielbiam|kocham|wolę|studiuję|gram|jestem|uczę się|chcę|nazywam się|pochodzę|jeżdżę|planuję|zamierzam|mówię|prowadzę|" +
            "przeprowadził[ae]m|urodził[ae]m|znoszę|cierpię|jem|piję|nienawidzę|interesuję|" + My + ")\\b)"),
        Doubt: Rules.Language.Expression(
            "\\b(?:gdyby\\p{L}*|jeśli|jeżeli|jakby\\p{L}*|o ile|szkoda,? że|załóżmy|przypuśćmy|powiedzmy|wyobraź\\p{L}*|udawaj\\p{L}*|udajmy|na przykład|np\\.|czy|" +
            "powiedział\\p{L}*|powiedzieli|mówi(?:ł\\p{L}*)?,? że|mówią,? że|twierdz\\p{L}+|napisał\\p{L}*|pisze,? że|cytat|kiedyś myślał\\p{L}*|myślał[ae]m,? że|podobno|rzekomo|niby|ponoć|" +
            "chyba|może|być może|prawdopodobnie|pewnie,|no pewnie|jasne|akurat|oczywiście,? że|kto nie|żartuję|żart|po prostu (?:kocham|uwielbiam)|jak mawia\\p{L}*|według horoskopu|" +
            "w (?:tej )?(?:powieści|filmie|grze|śnie|książce|opowiadaniu|historii|scenie|sztuce))\\b|(?:^|\\s)/s\\b|[🙄😏🙃]"),
        Date: Rules.Language.Expression(
            "\\b(?:(?:poniedział|wtor|śro|czwart|piąt|sobot|niedziel)\\p{L}*|stycz\\p{L}+|lut(?:y|ego|ym)|mar(?:zec|ca|cu)|kwie(?:cień|tnia|tniu)|maj[au]?|czerw(?:iec|ca|cu)|lip(?:iec|ca|cu)|" +
            "sierp\\p{L}+|wrześ?n?\\p{L}+|październik\\p{L}*|listopad\\p{L}*|grud(?:zień|nia|niu)|jutro|pojutrze|dziś wieczorem|za (?:tydzień|miesiąc|rok|\\p{L}+ (?:dni|tygodnie|miesiące|lata)|\\d+ \\p{L}+)|" +
            "w (?:przyszłym|tym|następnym|przyszły|przyszłą|ten|tę|następny|następną) \\p{L}+|w weekend|latem|zimą|wiosną|jesienią|na święta|w święta|w wakacje|" +
            "\\d{1,2}\\.\\d{1,2}|\\d{4}-\\d\\d-\\d\\d|w \\d{4}(?: roku)?)\\b"),
        Standing: Rules.Language.Expression("\\b(?:zawsze|od teraz|odtąd|od dziś|nigdy|w przyszłości|na przyszłość)\\b"),
        Patterns:
        [
            // Identity
            new(Fact, 0.95f, $"nazywam się {CapitalName}$") { Slot = "name" },
            new(Fact, 0.95f, $"(?:mam na imię|na imię mam) {Name}") { Slot = "name" },
            new(Fact, 0.95f, $"moje imię(?: i nazwisko)?(?: to| brzmi| jest)? {CapitalName}") { Slot = "name" },
            new(Fact, 0.8f, $"moje nazwisko(?: panieńskie)?(?: to| brzmi) {CapitalName}"),
            new(Fact, 0.8f, $"{When}{Often}skończył[ae]m (?<v>\\d{{1,3}}) (?:lat|lata)") { Slot = "age" },
            new(Fact, 0.85f, "jestem (?<v>(?-i:\\p{Lu}\\p{Ll}+)(?<!em|ą|im|ym|ni))$") { Slot = "name" },
            new(Fact, 0.8f, "(?:ja )?mam (?:teraz |już )?(?<v>\\d{1,3}|(?:(?:dwadzieścia|trzydzieści|czterdzieści|pięćdziesiąt|sześćdziesiąt|siedemdziesiąt|osiemdziesiąt|dziewięćdziesiąt|\\p{L}+naście) ?)" +
                "(?:jeden|dwa|trzy|cztery|pięć|sześć|siedem|osiem|dziewięć)?) ?(?:lat|lata|rok)(?:$| i )") { Slot = "age" },
            new(Fact, 0.9f, $"{When}(?:mam|obchodzę) urodziny.*") { Slot = "birthday", Dated = true },
            new(Fact, 0.9f, "moje urodziny (?:są|to|przypadają|wypadają)\\b.*") { Slot = "birthday", Dated = true },
            new(Fact, 0.8f, "urodził[ae]m się (?:\\d|(?:w|we) (?:\\d|styczniu|lutym|marcu|kwietniu|maju|czerwcu|lipcu|sierpniu|wrześniu|październiku|listopadzie|grudniu)|(?:w|we|na|pod) (?-i:\\p{Lu}))") { Slot = "born", Replaces = false },
            new(Fact, 0.8f, "jestem (?-i:Polakiem|Polką|Niemcem|Niemką|Ukraińcem|Ukrainką|Anglikiem|Angielką|Włochem|Włoszką|Francuzem|Francuzką|Hiszpanem|Hiszpanką|Czechem|Czeszką|Ślązakiem|Ślązaczką|Kaszubem|Kaszubką)"),

            // Residence and origin
            new(Fact, 0.9f, $"{When}{Often}mieszka(?:m|my) (?:{Often}|od \\p{{L}}+ |od \\d+ (?:roku |lat )?)(?:w|we|na|pod|koło|obok|niedaleko|blisko|przy) {Place}") { Slot = "residence" },
            new(Fact, 0.9f, "mieszkam w(?:e)? (?!strachu|nadziei|ten sposób|tym|takim|internecie)(?<v>\\p{L}+)$") { Slot = "residence" },
            new(Fact, 0.9f, $"{When}{Often}(?:przeprowadził[ae]m|przeprowadziliśmy|przeprowadziłyśmy) się (?:{Often})(?:z(?:e)? [^,]+? )?(?:do|na|pod) {Place}") { Slot = "residence" },
            new(Fact, 0.6f, "mieszkam (?:sam|sama|z (?:moim|moją|mamą|tatą|rodzicami|mężem|żoną|partner\\p{L}+|chłopakiem|dziewczyną))\\b"),
            new(Fact, 0.7f, $"pochodzę z(?:e)? {Place}") { Slot = "origin" },
            new(Fact, 0.7f, $"jestem z(?:e)? {CapitalName}") { Slot = "origin" },
            new(Fact, 0.6f, "(?:wychował[ae]m się|dorastał[ae]m) (?:w|we|na|pod) \\p{L}"),
            new(Fact, 0.5f, $"(?:kiedyś |dawniej )?mieszkał[ae]m (?:kiedyś |dawniej )?(?:w|we|pod) {Place}"),
            new(Fact, 0.5f, $"(?:już nie mieszkam|nie mieszkam już) (?:w|we|na|pod) {Place}") { Slot = "residence", Ends = true },
            new(Fact, 0.5f, $"wyprowadził[ae]m się z(?:e)? {Place}") { Slot = "residence", Ends = true },

            // Work
            new(Fact, 0.8f, $"{When}{Often}pracuję {Often}jako (?<v>\\p{{L}}+)") { Slot = "job" },
            new(Fact, 0.8f, $"{When}{Often}pracuję {Often}(?:dla|u|w|we) (?<v>(?-i:\\p{{Lu}})[\\p{{L}}\\d&-]+(?: (?-i:\\p{{Lu}})[\\p{{L}}\\d&-]+)*)") { Slot = "workplace" },
            new(Fact, 0.7f, $"{When}{Often}pracuję {Often}(?:zdalnie|z domu|na pół etatu|na (?:nocne zmiany|zmiany|noce|uczelni|uniwersytecie|budowie|poczcie|lotnisku|kolei)|w(?:e)? (?!pandasie|pythonie|excelu|javie|tej|tym|ten|nocy|trybie|pliku|ciszy|skupieniu|weekend\\p{{L}}*)\\p{{L}}{{4,}})"),
            new(Fact, 0.8f, $"{Often}(?:zacz[ąę]ł[ae]?m|rozpocz[ąę]ł[ae]?m|dostał[ae]m) (?:nową )?pracę (?:w(?:e)?|u|dla|jako) (?<v>\\p{{L}}+)") { Slot = "workplace" },
            new(Fact, 0.8f, $"{When}jestem (?:{Often})(?:z zawodu )?(?:(?!złym|dobrym|kiepskim|słabym|świetnym|złą|dobrą|kiepską|słabą|świetną)[\\p{{L}}\\d-]+(?:ym|im|ą) ){{0,2}}(?<v>{Occupation})\\b") { Slot = "job" },
            new(Fact, 0.8f, "jestem (?:{Often})(?:na emeryturze|na rencie|bezrobotn[ya]|na urlopie (?:macierzyńskim|rodzicielskim))\\b".Replace("{Often}", Often, StringComparison.Ordinal)) { Slot = "job" },
            new(Fact, 0.8f, $"{When}{Often}przesz(?:edłem|łam) na (?:emeryturę|rentę)"),
            new(Fact, 0.7f, $"{Often}(?:studiuję|uczęszczam do|chodzę do (?:liceum|technikum|szkoły|podstawówki)) ?(?!to\\b|tę\\b|ten\\b|kod)\\p{{L}}*"),
            new(Fact, 0.7f, $"{Often}prowadzę (?:\\p{{L}}+ ){{0,2}}(?:firmę|piekarnię|sklep|restaurację|kawiarnię|bar|salon|gabinet|kancelarię|gospodarstwo|hotel|pensjonat|warsztat|szkołę|agencję|studio|księgarnię|bloga|podcast|działalność)"),
            new(Fact, 0.5f, "(?:już nie pracuję|nie pracuję już) (?:w|we|dla|u) (?<v>.+)") { Slot = "workplace", Ends = true },

            new(Fact, 0.7f, $"{Often}uczę (?!się)[\\p{{L}} ]+ (?:w|we|na) \\p{{L}}"),

            // Skills
            new(Fact, 0.6f, "(?:mówię|umiem mówić) (?:\\p{L}+ )?po (?:polsku|angielsku|niemiecku|francusku|hiszpańsku|ukraińsku|włosku|czesku|rosyjsku|japońsku|chińsku|szwedzku|norwesku|śląsku|kaszubsku)"),
            new(Fact, 0.6f, $"{Often}gram (?:\\p{{L}}+ )?(?:na (?:skrzypcach|gitarze|pianinie|fortepianie|perkusji|flecie|akordeonie|saksofonie|trąbce|wiolonczeli|basie|harfie|ukulele)|w (?:piłkę|tenisa|szachy|koszykówkę|siatkówkę|badmintona|hokeja|golfa|squasha|kosza|siatkę))"),

            // Health and food
            new(Fact, 0.95f, $"(?:{Often}mam {Often}(?:silne |silną |lekką |lekkie )?(?:alergię|uczulenie|nietolerancję|cukrzycę|astmę|celiakię|nadciśnienie|migreny|padaczkę|ADHD|dysleksję)|jestem {Often}(?:uczulon[ya]|alergi(?:kiem|czką))|{Often}choruję na|nie toleruję (?:laktozy|glutenu))"),
            new(Preference, 0.8f, $"jestem {Often}(?:wegetarian(?:inem|ką)|wegan(?:inem|ką)|abstynent(?:em|ką)|na diecie)"),
            new(Preference, 0.8f, $"{Often}nie (?:jem|jadam|piję|pijam|palę)(?=$| (?!to\\b|tego\\b|jeszcze\\b|więcej\\b|już\\b|teraz\\b))"),

            new(Preference, 0.6f, "(?:zwykle|zawsze|najczęściej|przeważnie) (?:piję|jem|jadam|pijam) (?!to\\b|coś\\b)\\p{L}"),

            // Tastes
            new(Instruction, 0.8f, "(?:wolę|preferuję) (?:krótkie|zwięzłe|długie|szczegółowe|proste) odpowiedzi"),
            new(Preference, 0.6f, $"{When}{Often}nie (?:lubię|znoszę|cierpię|trawię|kocham|przepadam za) {Taste}") { Slot = "taste", Value = "no" },
            new(Preference, 0.6f, $"{When}{Often}(?:nienawidzę|nie cierpię) {Taste}") { Slot = "taste", Value = "no" },
            new(Preference, 0.6f, $"{When}{Often}(?:lubię|uwielbiam|kocham|przepadam za) {Taste}") { Slot = "taste", Value = "yes" },
            new(Preference, 0.6f, $"{Often}(?:interesuję się|pasjonuję się|fascynuje mnie|wciągnęł[ao] mnie|wciągnął mnie) {Taste}"),
            new(Preference, 0.7f, $"{When}{Often}(?:wolę|preferuję) {Taste}"),
            new(Preference, 0.7f, "mo(?:im|ją|imi|ja|je|j|i|jego)? ?ulubion\\p{L}+ (?<of>[\\p{L} ]+?) (?:to|jest|są) (?!nie\\b|to\\b|ten\\b|kiedy\\b|jak\\b)(?<v>.+)") { Slot = "favourite" },
            new(Preference, 0.7f, "mój ulubion\\p{L}+ (?<of>[\\p{L} ]+?) (?:to|jest|są) (?!nie\\b|to\\b|ten\\b|kiedy\\b|jak\\b)(?<v>.+)") { Slot = "favourite" },

            // Animals and possessions
            new(Fact, 0.85f, $"{My} (?:\\p{{L}}+ )?{Pet} (?:nazywa się|wabi się|ma na imię|to) {Name}") { Slot = "pet" },
            new(Fact, 0.85f, $"(?:{Often}mam|mamy|adoptował[ae]m|kupił[ae]m) {Count}(?:\\p{{L}}+ ){{0,2}}[\\p{{L}}']+{NamedWhich}{Name}"),
            new(Fact, 0.75f, $"(?:{Often}mam|mamy|{Often}adoptował[ae]m|{Often}kupił[ae]m) {Often}{Count}(?:\\p{{L}}+ ){{0,2}}?{PetHad}\\b(?!.*\\b(?:na punkcie|tabel\\p{{L}}*|sql|bazie|kodzie|grze|obrazku|zdjęciu|liście|szczęście)\\b)"),
            new(Fact, 0.75f, $"{My} {Pet},? {CapitalName}\\b"),
            new(Fact, 0.6f, $"{My} {Pet} (?:ma \\p{{L}}+ (?:lat|lata|miesięcy)|ma \\d+|uwielbia|lubi|boi się|nie lubi|zdechł\\p{{L}}?|jest (?:ras|z schroniska|ze schroniska))"),
            new(Fact, 0.6f, $"{Often}jeżdżę (?!do|na (?:wakacje|urlop|zakupy))(?:na (?:rowerze|motocyklu|nartach|rolkach|desce|koniu)|\\p{{L}}+(?:ą|em|im|ym)\\b)"),
            new(Fact, 0.6f, $"{Often}(?:mam|mamy|kupił[ae]m) (?!woln)(?:\\p{{L}}+ ){{0,2}}?(?:samochód|auto|motocykl|rower|dom|ogród|mieszkanie|działkę|łódkę|jacht|kampera|pianino|gitarę|" +
                "hondę|toyotę|skodę|škodę|volkswagena|golfa|bmw|audi|forda|opla|fiata|mazdę|renault|peugeota|volvo|teslę|mercedesa|kię|hyundaia|dacię|seata|nissana|suzuki)\\b(?! problem)"),
            new(Fact, 0.6f, $"{My} (?<of>samochód|auto|rower|motocykl) to (?<v>.+)") { Slot = "thing" },

            // Relationships
            new(Relationship, 0.8f, $"{My} (?<of>{OneKin}) (?:nazywa się|ma na imię) {Name}") { Slot = "kin" },
            new(Relationship, 0.8f, $"{My} (?<of>{OneKin}) to (?:(?:dr|pan|pani|prof\\.?|mgr) )?{CapitalName}") { Slot = "kin" },
            new(Relationship, 0.8f, $"{My} (?:\\p{{L}}+ )?{Kin} (?:nazywa się|ma na imię|to) {Name}") { Slot = "kin", Replaces = false },
            new(Relationship, 0.75f, $"{My} (?:\\p{{L}}+ )?{Kin},? {CapitalName}\\b") { Slot = "kin", Replaces = false },
            new(Relationship, 0.65f, $"{My} (?:\\p{{L}}+ )?{Kin} (?:mieszka(?:ją)?|pracuj(?:e|ą)|studiuj(?:e|ą)|pochodzi|urodził\\p{{L}}? się|gra|mów(?:i|ią) po|zmarł\\p{{L}}?|ma (?:\\d+|\\p{{L}}+) (?:lat|lata)|jest (?:\\p{{L}}+ )?(?:{Occupation}|uczulon[ya]|żonaty|zamężna|w ciąży|z (?-i:\\p{{Lu}})))\\b"),
            new(Relationship, 0.75f, $"(?:{Often}mam|mamy) {Often}{Count}(?:\\p{{L}}+ ){{0,2}}?{KinHad}\\b"),
            new(Relationship, 0.7f, "jestem (?:od \\p{L}+ (?:lat )?|szczęśliwie )?(?:żonaty|zamężna|mężatką|rozwiedzion[ya]|rozwodnikiem|rozwódką|zaręczon[ya]|singlem|singielką|w ciąży|wdowcem|wdową|kawalerem|panną)\\b"),
            new(Relationship, 0.7f, "jestem (?:\\p{L}+(?:ym|im|ą) )?(?:ojcem|matką|mamą|tatą|babcią|dziadkiem)(?: \\p{L}|$)"),

            // Goals
            new(Goal, 0.7f, $"{Lasting}{When}{Often}(?:chcę|chciał[ae]?bym|zamierzam|mam zamiar|marzę o tym, żeby|marzę, żeby) (?:kiedyś )?(?:się )?(?:kiedyś )?(?:nauczyć(?!(?: się)?, (?:co|czy|czemu|dlaczego|skąd)\\b)|zostać|schudnąć|przebiec|rzucić (?:palenie|picie|pracę)|kupić (?:dom|mieszkanie|samochód|działkę)|przeprowadzić się|odwiedzić|pojechać do|polecieć do|oszczędzać|odłożyć|zmienić pracę|zbudować dom|skończyć studia|ukończyć|zdać|otworzyć (?:własn|swo)|założyć (?:własn|firm|rodzin)|napisać książkę)"),
            new(Goal, 0.7f, $"{Lasting}{When}{Often}planuję (?!to\\b)(?:\\p{{L}}+(?:ć|c)\\b|\\p{{L}}+ się\\b|podróż|ślub|wyjazd|remont|przeprowadzkę)"),
            new(Goal, 0.75f, $"(?:{MyBy} (?:\\p{{L}}+ )?(?:celem|marzeniem|planem|postanowieniem) jest|{My} (?:\\p{{L}}+ )?(?:cel|marzenie|plan|postanowienie)(?: na [\\p{{L}}\\d ]+?)? to) \\p{{L}}"),
            new(Goal, 0.65f, $"{Lasting}{When}{Often}uczę się (?!tego|w |na pamięć|z tego|do )(?:grać|gotować|pływać|jeździć|tańczyć|śpiewać|malować|rysować|szyć|programować|programowania|\\p{{L}}+(?:skiego|ckiego))\\b"),
            new(Goal, 0.65f, $"{Lasting}{When}{Often}(?:przygotowuję się do|trenuję (?:do|przed)|oszczędzam na|odkładam na|zbieram na) (?!tego)\\p{{L}}"),
            new(Goal, 0.65f, $"{Lasting}{When}{Often}(?:próbuję|staram się) (?:rzucić|schudnąć|nauczyć się|jeść (?:mniej|więcej|zdrowiej)|pić (?:mniej|więcej)|oszczędzać|znaleźć (?:\\p{{L}}+ )?(?:pracę|mieszkanie)|więcej spać)"),
            new(Goal, 0.6f, $"{When}{Often}szukam (?:nowej |nowego )?(?:pracy|mieszkania|domu|współlokatora)"),

            // Events
            new(Event, 0.75f, $"{When}(?:mam|mamy) .*?\\b(?:{Occasion})\\p{{L}}*.*") { Dated = true },
            new(Event, 0.8f, $"{My} (?:\\p{{L}}+ )?{Kin} (?:ma|obchodzi|będzie mi(?:eć|ał|ała)) (?:urodziny|imieniny|ślub|egzamin|maturę|operację|zabieg)\\b.*") { Dated = true },
            new(Event, 0.75f, $"(?:naszą|nasz|moją|mój) (?:{Occasion})\\p{{L}}*.*? (?:mamy|mam|obchodzimy|obchodzę)\\b.*") { Dated = true },
            new(Event, 0.75f, $"{My} (?:\\p{{L}}+ ){{0,3}}(?:{Occasion})\\p{{L}}*.*? (?:jest|są|zaczyna się|odbędzie się|odbywa się|będzie|wypada|został\\p{{L}}? przeniesion\\p{{L}}+)\\b.*") { Dated = true },
            new(Event, 0.75f, $"{When}(?:lecę|jadę|wyjeżdżam|wyjeżdżamy|lecimy|jedziemy|bierzemy ślub|biorę ślub|wychodzę za mąż|żenię się|przeprowadzam się|przeprowadzamy się|zaczynam|wracam|idę do (?:lekarza|dentysty|szpitala)|zdaję)\\b.*") { Dated = true },

            // Instructions for answers
            new(Instruction, 0.9f, $"{Always}(?:możesz )?(?:mów|mówić)(?: do)? (?:mi|mnie) (?:per )?(?:po imieniu|na ty|{CapitalName}|pani|panie)(?: od teraz| proszę)?$") { Slot = "address" },
            new(Instruction, 0.9f, $"{Always}(?:możesz )?(?:zwracaj|zwracać) się do mnie (?:per )?(?:po imieniu|na ty|{CapitalName}|pani|pan)(?: od teraz| proszę)?$") { Slot = "address" },
            new(Instruction, 0.85f, $"{Always}nie (?:mów|zwracaj się|mówić|zwracać się)(?: do)? (?:mi|mnie) (?:per )?(?:pan|pani|panie|na ty|po imieniu|{CapitalName})(?:,? proszę)?$") { Slot = "address" },
            new(Instruction, 0.85f, $"{Always}(?:odpowiadaj|odpisuj|pisz|mów|wyjaśniaj|tłumacz)(?: do mnie| mi)?(?: zawsze)? {Manner}(?:,? (?:i )?{Manner})?(?:,? proszę| od teraz)?$"),
            new(Instruction, 0.85f, $"{Always}(?:nie|nigdy nie|unikaj)(?: (?:używaj|używać|stosuj|stosować|wstawiaj|pisz z użyciem))? {Habit}(?: (?:i|ani|lub) {Habit})?(?:,? proszę)?$"),
            new(Instruction, 0.85f, $"{Always}(?:używaj|stosuj|podawaj)(?: \\p{{L}}+)? (?:(?:w )?jednost\\p{{L}}+ metryczn\\p{{L}}+|systemu metrycznego|w stopniach (?:Celsjusza|Fahrenheita)|stopni Celsjusza|formatu? 24-godzinn\\p{{L}}+|prostego języka|prostych słów)(?:,? proszę)?$"),
        ]);
}
