namespace Jarvis.Architecture.Tests;

/// <summary>Former names of types. They must not return, because each word has one meaning.</summary>
internal static class OldNames
{
    public static IReadOnlyList<string> All { get; } =
        """
        AcceptedQuestion AccountsOnTheWeb AnswerDesk AnswerDrain AnswerPreparation AnswerWriter AzureBoardsAnswer BegunDiscordLink
        BlockingRedis BugPicture BugReportPatience BugReportRound BugReportRoundState CatchingUp ChatViews ChosenVoice CommitFault
        CompletedAnswer ConversationFiles ConversationItems ConversationToImport CutLine DatabaseFaults DiscordAnswer DiscordAnswers
        DiscordHttp DiscordLimits DiscordLogin DiscordNotices DiscordOnTheWeb DiscordOutcome DiscordPauses DiscordPlace
        DiscordReplies DiscordStand DiscordUnderTest DiscordWords DocumentShape DropDeadLetter EmbeddedText EmbedderUnderTest
        EmbeddingAnswer EmbeddingMeter EmbeddingReading EmbeddingRound EndDiscordQuestion EnglishSpeech ExceptionProblems
        ExtractionReading ExtractionStage ExtractorsUnderTest FindImport ForgottenSources ForgottenWords GarnetPassword
        GatedChatModel GiveUpTurn GivenMemory GivenMemoryState HealthQuestion HeldJobs HoldDiscordQuestion HoldingState HtmlCleaner
        HumanCheckOptions HumanCheckRegistration HumanCheckValidation HumanCheckWidget HumanVerdict IAnswersElsewhere
        IConversationFiles IDatabaseFaults IDiscordLinkAttempts IDiscordLogin IDiscordReplies IDiscordState IHumanCheck IImportDesk
        IImportSeat IInteractionGuard ILocalModelGate IMemoryEmbedding IMemoryWords IOutsideSystems IRunningAnswers ImpatientClock
        ImportFeeder ImportOutcome ImportRules ImportStore IndexedMemoryWords InteractionDesk InteractionGuard JarvisMode JsonValues
        KeptLog KeptLogs KeptOutput KeptWriter KnownStatements KnownSystem LargeForms LedSynthesizer LimitedCall LimitsOptions
        LinedJson ListImportsBehind LocalModelGate LocalModelLeases LookCookies LoopProgress MadeSecrets ManyRows MarkdownQuote
        MemoryEmbedding MemoryFileCheck MemoryLock MemorySource MemorySweep MemoryUpsert MessageParts MeteredLine ModelFailure
        ModelOptionsValidation ModelSilenceException ModelsUnderTest NearRepeat NoQueryEmbedder NoteDiscordTurn NoticeText
        OfflineAnswer OfflineChatModel OfflinePhrases OlderMaxTokensChatClient OpenAiEnding OpenMarks OutsideCatalogue OutsideFault
        OutsideFaults OutsideHttp OutsideJournal OutsideState OutsideSystem OutsideSystems OutsideTrouble OwnMachines
        OwnMachinesMemoryExtractor OwnWords PartState PlainSpeech PlainTemperatureChatClient PolishCounts PolishSpeech PreparedAnswer
        ProcessThatAnswers ProviderView QuestionAsking QuestionDesk QueueBehindConversations QueueMember QueueReason QueueWatch
        RaisedLimits ReadingStream RecallBudget RecallOrder RecallText RecalledMemory RecaptchaHumanCheck RecentSessions
        RedisAnswersElsewhere RedisImportDesk RedisLinkAttempts RedisOutage RedisPause RedisRunningAnswers RedisUnderTest
        RelevanceGate RoundRobin RunningAnswer SaidTurn SayingNotes SearchIndexing SearchMatch SearchReindexing SearchStatement
        SearchedPerson SecretText SeenCookies SentenceEnds SharedKeys SharedKeysRefresh SharedLocalModelGate SharedSightings
        SharedSpeechSynthesizer SoughtWord SoundTools SpeechBrokenOffException SpeechFlight SpeechPatience SpeechPieces SpokenAnswer
        SpokenAudio SpokenCut SpokenInlines SpokenLine SpokenRange SpokenRequest SpokenSigns SpokenSymbols SpokenTable SpokenText
        SpokenVoice StartupRefusal StartupReport StoredImport StreamedAnswer TakeDiscordQuestion ThisVersion TimeLimitedChatClient
        TimeMention TraceBehaviour TrackedJarvis TurnToImport UncheckedSession UncheckedSessions UseCases VoiceWish
        WarmUp WatchedChatModel WatchedClock WatchedStatements WhyTexts WorkerMeter WorkerPart WorkerReport WorkingOff
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
