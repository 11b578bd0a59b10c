using static Jarvis.Domain.Memories.MemoryKind;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules.English;

/// <summary>Patterns of statements that users make about themselves in English.</summary>
internal static class EnglishPatterns
{
    private const string Am = "i(?:['’]m| am)";
    private const string Have = "(?:i|we)(?: have(?: got)?|['’]ve got)";
    private const string Often = "(?:(?:really|also|absolutely|still|now|currently|always|mostly|usually|just|recently|finally|have|do) )*";
    private const string Adjectives = "(?:[\\p{L}-]+ ){0,3}";
    private const string Count = "(?:an?|one|two|three|four|five|six|seven|several|some|my|another|no|\\d+)";
    private const string Name = "[\"“'‘]?(?<v>[\\p{L}\\d'’.-]+(?: (?-i:\\p{Lu})[\\p{L}'’.-]*){0,2})";
    private const string CapitalName = "(?<v>(?-i:\\p{Lu})[\\p{L}'’-]+(?: (?-i:\\p{Lu})[\\p{L}'’-]+){0,2})";
    private const string End = "(?=$|[,.;!\"”] ?| (?:and|but|who|at|in|on|for|from|with|since|now)\\b)";

    /// <summary>Place with a capital letter after the preposition, or a kind of dwelling.</summary>
    private const string Place =
        "(?:(?:the |an? |my )?(?-i:[\\p{Ll}' -]*?)" + CapitalName +
        "|(?:the |an? |my )?" + Adjectives + "(?<v>flat|house|village|town|city|apartment|countryside|suburbs?|dorm|cottage|farm|student hall)\\b)";

    /// <summary>Excludes the animals and things of tables, games and stories.</summary>
    private const string Real = "(?!.*\\b(?:sql|table|array|variable|database|code|game|story|picture|photo|dream|list|css|html|excel|spreadsheet)\\b)";

    private const string Pet =
        "(?<of>dog|cat|puppy|kitten|parrot|hamster|rabbit|horse|pony|turtle|tortoise|guinea pig|budgie|canary|ferret|snake|fish|bird|" +
        "retriever|labrador|poodle|terrier|dachshund|shepherd|spaniel|beagle|bulldog|husky|collie)";

    private const string OneKin =
        "wife|husband|partner|spouse|girlfriend|boyfriend|fianc[ée]+|mother|mum|mom|father|dad|boss|doctor|gp|dentist|therapist|landlord|landlady|manager";

    private const string Kin =
        "(?<of>" + OneKin + "|sister|brother|son|daughter|child|kid|baby|twins?|grandmother|grandma|grandfather|grandpa|grandson|granddaughter|aunt|uncle|" +
        "cousin|niece|nephew|mother-in-law|father-in-law|brother-in-law|sister-in-law|stepson|stepdaughter|best friend|friend|flatmate|roommate|" +
        "colleague|coworker|neighbou?r|teacher|coach|trainer|family|parents?|grandparents|children|kids)";

    private const string Occupation =
        "teacher|nurse|doctor|gp|engineer|developer|programmer|lawyer|accountant|chef|cook|baker|butcher|carpenter|electrician|plumber|mechanic|driver|pilot|" +
        "dentist|vet|pharmacist|architect|designer|artist|painter|musician|singer|actor|actress|writer|author|journalist|editor|translator|photographer|" +
        "farmer|gardener|florist|hairdresser|barber|waiter|waitress|bartender|cashier|salesman|saleswoman|secretary|receptionist|librarian|scientist|" +
        "physicist|chemist|biologist|mathematician|researcher|professor|lecturer|tutor|student|phd student|psychologist|psychiatrist|therapist|" +
        "physiotherapist|surgeon|midwife|paramedic|firefighter|police officer|soldier|officer|judge|notary|consultant|analyst|data scientist|economist|" +
        "banker|manager|project manager|director|ceo|cto|entrepreneur|freelancer|contractor|builder|welder|tailor|social worker|caregiver|priest|pastor|" +
        "monk|nun|coach|trainer|personal trainer|athlete|flight attendant|sailor|fisherman|miner|logistician|dispatcher|recruiter|tester|administrator|" +
        "pensioner|homemaker|housewife|stay-at-home (?:mum|mom|dad)|civil servant|politician|diplomat|geologist|statistician|veterinarian|beekeeper";

    private const string Occasion =
        "appointment|check-?up|interview|exam|test|meeting|flight|wedding|concert|date|party|surgery|operation|deadline|trip|conference|visit|presentation|" +
        "race|match|game|holiday|vacation|anniversary|graduation|marathon|course|class|reunion|funeral|hearing|train|birthday|shift";

    /// <summary>Excludes wishes about the answer or the current task.</summary>
    private const string Lasting = "(?!.*\\b(?:(?:this|that)\\b(?! (?:year|month|summer|spring|autumn|winter|season))|it|these|those|bug|error|code|file|files|function|test|query|about)\\b)";

    /// <summary>Object of a taste. Excludes the last answer and references such as "this one".</summary>
    private const string Taste =
        "(?!(?:it|this|that|these|those|you|your|our|not|how|when|what|where|him|her|them|everything|nothing|all of|one|to (?:know|see|say|think|imagine|believe|admit|interrupt|hear|add|point|ask|thank|bother|be able|be that)|" +
        "the (?:[\\p{L}]+ )?one\\b|the (?:way|idea|fact|answer|first|second|third|last|new|other|previous|latter|former|result|suggestion|tone|option|version|look|sound))\\b)(?<of>\\p{L}.*)";

    private const string Manner =
        "(?:briefly|concisely|shortly|in (?:more )?detail|simply|plainly|formally|informally|politely|directly|honestly|casually|slowly|step by step|" +
        "in (?:(?:british|american|simple|plain) )?(?:english|polish|german|french|spanish|italian|dutch|portuguese|czech|slovak|ukrainian|russian|swedish|norwegian|danish|finnish|japanese|chinese|korean|arabic|hebrew|turkish|greek|hungarian|romanian)|in (?:short|full|plain|simple|complete) (?:sentences|words|language|english|terms|answers)|in (?:a few|one|two|three) (?:words|sentences?)|" +
        "in bullet points|in prose|without (?:emojis?|emoticons|jargon|small talk|bullet points|markdown|lists|tables)|as (?:briefly|shortly|simply) as possible|like a friend)";

    private const string Habit =
        "(?:emojis?|emoticons|slang|jargon|bullet points|exclamation marks|markdown|tables|lists|headings|abbreviations|small talk|formal language|swear words|metaphors)";

    private const string Always = "(?:(?:please|always|from now on|in (?:the )?future|generally|jarvis),? )*";

    public static Language Language { get; } = new(
        Opening: Rules.Language.Expression(
            "^(?:(?:hi|hello|hey|good (?:morning|evening|afternoon))(?: there)?(?:,? jarvis)?\\b[,! ]*|(?:jarvis|well|so|oh|ok(?:ay)?|also|and|but|actually|yes|yeah|no|anyway|" +
            "honestly|to be honest|unfortunately|sadly|luckily|right now|currently|at the moment|these days|in fact|you know|by the way|btw|fyi|for the record|as for me|" +
            "for your information|just so you know|as you know|(?:please )?(?:remember|note|keep in mind)(?: that)?|you should know(?: that)?|i want you to know(?: that)?)\\b,? +)"),
        ClauseStart: Rules.Language.Expression(
            "(?:(?:,|;| [-–—]|\\.)? +(?:and|but|while|plus|so)(?: also)?|[,;]| [-–—]) +(?=(?:i|i['’]m|i['’]ve|we|we['’]re|my|our|please)\\b)" +
            "|,? +(?:and|but) +(?<bare>(?=(?:(?:also|really|don['’]t) )?(?:work|study|live|have|love|like|enjoy|hate|prefer|play|speak|drive|own|run|dislike)\\b))"),
        Doubt: Rules.Language.Expression(
            "\\b(?:if|unless|whether|wish|suppose|supposing|imagine|pretend|hypothetically|assume|assuming|let['’]s say|for example|for instance|e\\.g|as if|" +
            "maybe|perhaps|possibly|probably|supposedly|allegedly|said|says|saying|told|tells|claims?|claimed|wrote|writes|quote|used to think|" +
            "would say|yeah,? right|oh great|oh joy|just love|of course i|who doesn['’]t|not really|just kidding|kidding|joking|sarcasm|" +
            "in (?:the|my|a|this) (?:novel|story|dream|game|film|movie|book|play|example|scenario))\\b|(?:^|\\s)/s\\b|[🙄😏🙃]|,? not$"),
        Date: Rules.Language.Expression(
            "\\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|october|november|december|" +
            "tomorrow|tonight|next (?:week|weekend|month|year|spring|summer|autumn|fall|winter)|this (?:weekend|week|month|summer|winter|spring|autumn|fall|year)|" +
            "in (?:spring|summer|autumn|fall|winter|\\d{4}|(?:a|two|three|four|\\d+) (?:days?|weeks?|months?))|at christmas|at easter|" +
            "\\d{1,2}[./]\\d{1,2}|\\d{4}-\\d\\d-\\d\\d|the \\d{1,2}(?:st|nd|rd|th))\\b"),
        Standing: Rules.Language.Expression("\\b(?:always|from now on|never|in (?:the )?future|generally)\\b"),
        Patterns:
        [
            // Identity
            new(Fact, 0.95f, $"my (?:full |first |last |real )?name(?: is|['’]s) (?:{CapitalName}|(?<v>\\p{{Ll}}+)$)") { Slot = "name" },
            new(Fact, 0.8f, $"my (?:surname|middle name|maiden name)(?: is|['’]s) {CapitalName}"),
            new(Fact, 0.9f, $"{Am} (?!(?-i:\\p{{Lu}}\\p{{Ll}}+(?:ish|ese|ian|an|ing|ed|ic|ch|ist)\\b|Dutch|Czech|Greek|Swiss|Thai|Iraqi|OK|Sorry)){CapitalName}$") { Slot = "name" },
            new(Fact, 0.8f, $"{Am} (?:an? )?(?<v>\\d{{1,3}})(?:$|[ -]years?[ -]old\\b| and )") { Slot = "age" },
            new(Fact, 0.8f, $"{Am} (?<v>(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|eighteen|nineteen|seventeen|sixteen)(?:-\\w+)?)(?:$| years? old)") { Slot = "age" },
            new(Fact, 0.8f, "i (?:just |recently )?turned (?<v>\\d{1,3})\\b") { Slot = "age" },
            new(Fact, 0.9f, "my birthday(?: is|['’]s)(?: on)? (?<v>.*\\d.*)") { Slot = "birthday" },
            new(Fact, 0.8f, "i was born (?:on|in|at) .+") { Slot = "born", Replaces = false },
            new(Fact, 0.8f, $"{Am} (?-i:\\p{{Lu}}\\p{{Ll}}+(?:ish|ese|ian|can|ean)|German|French|Dutch|Czech|Greek|Swiss|Thai)$"),

            // Residence and origin
            new(Fact, 0.9f, $"(?:i|we) {Often}(?:live|reside) (?:in|at|near|on|outside|close to|not far from) {Place}") { Slot = "residence" },
            new(Fact, 0.9f, "i live in (?!fear|hope|peace|denial|sin|misery|poverty|the past)(?<v>\\p{L}+)$") { Slot = "residence" },
            new(Fact, 0.9f, $"i(?:['’]ve| have) (?:lived|been living) (?:in|near) {Place}") { Slot = "residence" },
            new(Fact, 0.9f, $"{Am} {Often}(?:living|based) (?:in|at|near|outside) {Place}") { Slot = "residence" },
            new(Fact, 0.9f, $"(?:i|we|i['’]ve|we['’]ve) {Often}moved (?:back )?(?:from [^,]+? )?(?:in)?to {Place}") { Slot = "residence" },
            new(Fact, 0.6f, "i live (?:alone|by myself|with my)\\b"),
            new(Fact, 0.7f, $"(?:i (?:{Often}come|am)|{Am})(?: originally)? from {Place}") { Slot = "origin" },
            new(Fact, 0.6f, "i (?:grew up|was raised) (?:in|on|near) \\p{L}"),
            new(Fact, 0.5f, $"i (?:used to live|lived) (?:in|near) {Place}"),
            new(Fact, 0.5f, $"i (?:no longer live|(?:don['’]t|do not) live) (?:in|near|at) {Place}.*") { Slot = "residence", Ends = true },

            // Work
            new(Fact, 0.8f, $"i {Often}work (?:at|for) (?!the moment|now|it|this|that|myself)(?:the |an? )?(?<v>[^,]+?)(?=,| (?:as|in|since|with|and|on)\\b|$)") { Slot = "workplace" },
            new(Fact, 0.8f, $"i {Often}work as (?:an? |the )?(?<v>[^,]+?)(?=,| (?:at|in|for|since|and)\\b|$)") { Slot = "job" },
            new(Fact, 0.7f, $"i {Often}work (?:in (?:an?|the|\\p{{L}}+(?:ing|ance|tion|ics|are|ail))\\b(?! (?:moment|morning|evening|afternoon|background|dark|project|file|branch))|for myself|from home|remotely|part-time|full-time|night shifts|nights)"),
            new(Fact, 0.8f, $"i {Often}(?:started|began|got)(?: a(?: new)? job| working| work) (?:at|for|with) (?:the )?(?<v>[^,]+?)(?= (?:as|in|since|and|last|this)\\b|$)") { Slot = "workplace" },
            new(Fact, 0.8f, $"i {Often}(?:started|began|got)(?: a(?: new)? job| working| work) as (?:an? )?(?<v>[^,]+?)(?= (?:at|in|for|since|and)\\b|$)") { Slot = "job" },
            new(Fact, 0.8f, $"{Am} {Often}working (?:at|for|as) (?!it|this|that|the moment)[^,]+"),
            new(Fact, 0.8f, $"{Am} (?:now |currently )?an? (?!bit |little |fan |big |bad |terrible |great |good )(?:[\\p{{L}}-]+ ){{0,2}}(?<v>{Occupation}){End}") { Slot = "job" },
            new(Fact, 0.8f, $"i(?:['’]ve| have) been (?:an? )(?:[\\p{{L}}-]+ ){{0,2}}(?:{Occupation}) (?:for|since)\\b"),
            new(Fact, 0.8f, "i (?:just |recently )?retired\\b(?! the\\b)"),
            new(Fact, 0.8f, $"{Am} (?:now |currently |a )?(?:retired|unemployed|self-employed|between jobs|on parental leave|on maternity leave)\\b") { Slot = "job" },
            new(Fact, 0.7f, $"my (?:job|occupation|profession) is (?!.*(?:hard|boring|stressful|killing))\\p{{L}}"),
            new(Fact, 0.7f, $"(?:i {Often}study|{Am} {Often}studying) (?!for |it|this|that|how|the (?:code|docs|problem))\\p{{L}}"),
            new(Fact, 0.7f, "i {Often}(?:own|run|manage) (?:an?|my own|the) (?:[\\p{L}-]+ ){0,2}(?:bakery|shop|store|company|restaurant|business|caf[eé]|bar|studio|farm|start-?up|agency|firm|school|hotel|salon|practice|bookshop)\\b"
                .Replace("{Often}", Often, StringComparison.Ordinal)),
            new(Fact, 0.5f, "i (?:no longer work|(?:don['’]t|do not) work) (?:at|for) (?<v>[^,]+?)(?: any ?more| any longer|$)") { Slot = "workplace", Ends = true },

            new(Fact, 0.7f, $"i {Often}teach (?!you|him|her|them|it|myself)[\\p{{L}} ]+ (?:at|in|to) "),

            // Skills
            new(Fact, 0.6f, "i (?:can )?speak (?:(?:fluent|good|some|a little|a bit of|only) )?(?-i:\\p{Lu})\\p{L}+"),
            new(Fact, 0.6f, $"i {Often}(?:can )?play (?:the )?(?:[\\p{{L}}-]+ )?(?:piano|guitar|violin|cello|drums|flute|saxophone|trumpet|bass|accordion|harp|clarinet|ukulele|football|soccer|tennis|chess|basketball|volleyball|badminton|hockey|golf|rugby|squash)\\b"),

            // Health and food
            new(Fact, 0.95f, $"{Am} {Often}(?:severely |slightly )?(?:allergic to|intolerant to|diabetic\\b|asthmatic\\b|(?:lactose|gluten)[ -]intolerant)"),
            new(Fact, 0.95f, $"{Have} (?:an? )?(?:[\\p{{L}}\\d-]+ ){{0,2}}(?:allerg(?:y|ies)|c(?:o)?eliac disease|diabetes|asthma|epilepsy|migraines|adhd|dyslexia|arthritis|high blood pressure|hypertension)\\b"),
            new(Preference, 0.8f, $"{Am} {Often}(?:an? )?(?:strict )?(?:vegetarian|vegan|pescatarian|teetotal(?:ler)?)\\b"),
            new(Preference, 0.8f, $"i {Often}(?:don['’]t|do not|never|can['’]t|cannot) (?:eat|drink|smoke)\\b(?! (?:it|this|that|another|more|any ?more|all|now)\\b)"),
            new(Preference, 0.6f, "i (?:always|usually|mostly) (?:eat|drink|take|have) my \\p{L}"),

            // Tastes
            new(Instruction, 0.8f, "i (?:would |['’]d )?prefer (?:short|brief|concise|long|detailed|simple) (?:answers|replies|responses)\\b"),
            new(Preference, 0.6f, $"i {Often}(?:don['’]t|do not|never) (?:really |particularly )?(?:like|enjoy|love|care for) {Taste}") { Slot = "taste", Value = "no" },
            new(Preference, 0.6f, $"i {Often}(?:hate|dislike|detest|loathe|despise|can['’]t stand|cannot stand|can['’]t bear) {Taste}") { Slot = "taste", Value = "no" },
            new(Preference, 0.6f, $"{Am} not (?:really |much of )?(?:a (?:big |huge )?fan of|into|fond of|keen on) {Taste}") { Slot = "taste", Value = "no" },
            new(Preference, 0.6f, $"i {Often}(?:like|love|enjoy|adore) {Taste}") { Slot = "taste", Value = "yes" },
            new(Preference, 0.6f, $"{Am} {Often}(?:a (?:big |huge )?fan of|into|fond of|keen on|crazy about) {Taste}") { Slot = "taste", Value = "yes" },
            new(Preference, 0.7f, $"i {Often}prefer {Taste}"),
            new(Preference, 0.7f, "my (?:absolute |all-time )?favou?rite (?!part|thing about)(?<of>[\\p{L} -]+?)(?: is|['’]s| are) (?!not|this|that|when|how)(?<v>.+)") { Slot = "favourite" },

            // Animals and possessions
            new(Fact, 0.85f, $"(?:my|our) (?:[\\p{{L}}-]+ )?{Pet}(?:['’]s name is| is (?:called|named)|['’]s called|['’]s named) {Name}") { Slot = "pet" },
            new(Fact, 0.85f, $"{Real}(?:{Have}|i (?:own|{Often}got|{Often}adopted|{Often}bought)) {Count} {Adjectives}{Pet} (?:called|named|by the name of) {Name}") { Slot = "pet", Replaces = false },
            new(Fact, 0.75f, $"{Real}(?:{Have}|i (?:own|{Often}got|{Often}adopted|{Often}bought)) (?!no ){Count} {Adjectives}{Pet}s?\\b(?!-| (?:problem|food|picture|photo|costume|video))"),
            new(Fact, 0.75f, $"(?:my|our) {Pet},? {CapitalName}\\b"),
            new(Fact, 0.6f, $"(?:my|our) {Pet} (?:is (?:an? |\\d)|loves|likes|hates|is afraid of|was born|died)\\b"),
            new(Fact, 0.6f, $"i {Often}(?:drive|ride) (?:an?|my) (?!hard bargain)\\p{{L}}"),
            new(Fact, 0.6f, $"{Real}(?:{Have}|i (?:own|{Often}bought)) (?!no ){Count} (?:[\\p{{L}}\\d-]+ ){{0,3}}(?:car|motorbike|motorcycle|bicycle|bike|boat|house|garden|cottage|piano|guitar|caravan|camper ?van|flat|apartment|allotment)s?\\b(?! (?:problem|crash|issue|trouble|insurance|question|rental|key))"),
            new(Fact, 0.5f, $"i {Often}bought an? (?:[\\p{{L}}-]+ ){{0,2}}(?-i:\\p{{Lu}})\\p{{L}}+"),
            new(Fact, 0.6f, "(?:my|our) (?<of>car|bike|motorbike|boat)(?: is|['’]s) (?:called |named |an? )(?!bit|little|mess|problem|wreck)(?<v>.+)") { Slot = "thing" },

            // Relationships
            new(Relationship, 0.8f, $"(?:my|our) (?:new |current )?(?<of>{OneKin})(?:['’]s name is| is (?:called|named)|['’]s called|['’]s named) {Name}") { Slot = "kin" },
            new(Relationship, 0.8f, $"(?:my|our) (?:[\\p{{L}}-]+ )?{Kin}(?:['’]s name is| is (?:called|named)|['’]s called|['’]s named) {Name}") { Slot = "kin", Replaces = false },
            new(Relationship, 0.8f, $"(?:my|our) (?:[\\p{{L}}-]+ )?{Kin}(?:s['’]? names are|s are (?:called|named)) .+"),
            new(Relationship, 0.8f, $"(?:my|our) (?<of>{OneKin}) is (?:(?:dr|mr|mrs|ms|prof)\\.? )?{CapitalName}$") { Slot = "kin" },
            new(Relationship, 0.75f, $"(?:my|our) (?:[\\p{{L}}-]+ )?{Kin}s?,? {CapitalName}\\b") { Slot = "kin", Replaces = false },
            new(Relationship, 0.65f, $"(?:my|our) (?:[\\p{{L}}-]+ )?{Kin} (?:is (?:an? (?!bit|little)|\\d|from |allergic|married|retired|pregnant)|are (?:from|both|retired|divorced)|lives?\\b|works?\\b|stud(?:y|ies)\\b|was born|speaks?\\b|plays?\\b|comes? from|has (?:an? |two |three |\\d+ )(?:[\\p{{L}}-]+ )?(?:dogs?|cats?|kids|children|sons?|daughters?|degree|allergy|farm|shop|house|birthday)\\b|died|passed away)"),
            new(Relationship, 0.75f, $"{Have} (?!no ){Count} (?:[\\p{{L}}-]+ ){{0,2}}(?:sisters?|brothers?|kids?|child(?:ren)?|sons?|daughters?|twins|siblings|grand(?:children|sons?|daughters?|kids)|wife|husband|girlfriend|boyfriend|fianc[ée]+|niece|nephew)s?\\b"),
            new(Relationship, 0.7f, $"(?:{Am}|i got) (?:happily |recently |newly |just )?(?:married|engaged|divorced|widowed|pregnant|single|separated)(?= to\\b| with\\b| since\\b|$)"),
            new(Relationship, 0.7f, $"{Am} (?:an?|the) (?:[\\p{{L}}-]+ )?(?:father|mother|mum|mom|dad|parent|grandmother|grandfather|uncle|aunt)(?: of\\b| to\\b|$)"),

            // Goals
            new(Goal, 0.7f, $"{Lasting}(?:i {Often}(?:want|hope|intend|plan|aim)|i(?:['’]d| would) (?:like|love)) to (?:learn|become|lose weight|run an?|visit|travel|move to|quit|give up|stop smoking|start (?:an?|my own)|save|get (?:fit|married|a degree)|buy (?:an?|my own) (?:house|flat|car|apartment)|retire|graduate|write (?:an?|my) (?:book|novel)|climb|open (?:an?|my own))\\b"),
            new(Goal, 0.7f, $"{Lasting}{Am} {Often}(?:planning|hoping|going) to (?:learn|become|lose weight|run an?|visit|travel|move|quit|give up|start (?:an?|my own)|save|buy an?|retire|study|apply|climb|open (?:an?|my own))\\b"),
            new(Goal, 0.75f, "my (?:big |main |biggest |long-term )?(?:goal|dream|plan|aim|ambition|resolution)[\\p{L} ]{0,30}?(?: is|['’]s) to \\p{L}"),
            new(Goal, 0.65f, $"{Lasting}{Am} {Often}learning (?:how )?(?:to (?:play|cook|drive|swim|ski|dance|sing|paint|draw|sail|knit|ride|surf|speak|code|program)\\b|(?-i:\\p{{Lu}})\\p{{L}}+)"),
            new(Goal, 0.65f, $"{Lasting}{Am} {Often}(?:training|saving(?: up)?|studying|preparing) for (?!it|this|that)\\p{{L}}"),
            new(Goal, 0.65f, $"{Lasting}{Am} {Often}trying to (?:quit|lose|stop (?:smoking|drinking)|learn|give up|eat (?:less|more|healthier)|drink (?:less|more)|get fit|get pregnant|save|cut down|sleep more|find an? (?:\\p{{L}}+ )?(?:job|flat|apartment|house))\\b"),
            new(Goal, 0.6f, $"{Lasting}{Am} {Often}looking for (?:an? )?(?:new )?(?:job|flat|apartment|house|flatmate)(?=$|,| (?:in|near|for|with|as|to|close)\\b)"),

            // Events
            new(Event, 0.75f, $"{Have} (?!no ){Count} (?:[\\p{{L}}'’-]+ ){{0,3}}(?:{Occasion})\\b.*") { Dated = true },
            new(Event, 0.75f, $"(?:my|our) (?:[\\p{{L}}'’-]+ ){{0,3}}(?:{Occasion})\\b.*? (?:is|starts?|leaves?|takes place|was moved|has been moved|begins?|ends?|will be)\\b.*") { Dated = true },
            new(Event, 0.75f, "(?:i|we)(?:['’]m|['’]re| am| are| will be) (?:all )?(?:flying|going|leaving|travell?ing|moving|getting married|starting|having|visiting|meeting|taking|running|hosting|throwing)\\b(?! to (?:kill|use|try|do|be|have|delete|check|fix)).*") { Dated = true },

            // Instructions for answers
            new(Instruction, 0.9f, $"{Always}(?:you (?:can|may|should) )?(?:just )?call me {CapitalName}(?: from now on| please)?$") { Slot = "address" },
            new(Instruction, 0.85f, $"{Always}(?:don['’]t|do not|never|stop) call(?:ing)? me (?:sir|ma['’]am|madam|mister|mr|mrs|dude|bro|buddy|{CapitalName})$") { Slot = "address" },
            new(Instruction, 0.85f, $"{Always}(?:answer|reply|respond|write|speak|talk)(?: to)?(?: me)? {Manner}(?:,? (?:and )?{Manner})?(?:,? please| from now on)?$"),
            new(Instruction, 0.85f, $"{Always}(?:keep|make) (?:your|the) (?:answers|replies|responses) (?:very )?(?:short|brief|concise|simple|formal|informal|detailed|friendly|to the point)(?: and (?:short|simple|brief|friendly|to the point))?(?:,? please| from now on)?$"),
            new(Instruction, 0.85f, $"{Always}(?:don['’]t|do not|never|stop|avoid)(?: ever)? ?(?:use|using)? {Habit}(?: (?:and|or) {Habit})?(?: (?:in|with|when) (?:your|me|you)\\b[\\p{{L}} ]*)?(?:,? please)?$"),
            new(Instruction, 0.85f, $"{Always}use (?:(?:only )?(?:metric|imperial)(?: units| system)?|(?:degrees )?celsius|fahrenheit|(?:the )?24[- ]hour (?:clock|format|time)|british (?:english|spelling)|american (?:english|spelling)|simple (?:language|words))(?:,? please)?$"),
        ]);
}
