namespace Jarvis.Infrastructure.Ai.ChatModels.BuiltIn;

/// <summary>Sentences of the offline responder in one language. They are part of the answer and are stored with it.</summary>
/// <param name="ToldOn">Introduces one memory, with its date.</param>
/// <param name="Quotation">Text in the language's quotation marks.</param>
/// <param name="WithoutMemory">Answer in a chat without memory, where this responder can do nothing.</param>
/// <param name="InPublic">Answer that other people can read, for which memory is off.</param>
/// <param name="NoModel">Reason if no model is configured.</param>
/// <param name="AddModel">Advice if no model is configured.</param>
/// <param name="WithOthers">Reason if models are available.</param>
/// <param name="ChooseModel">Advice if models are available.</param>
internal sealed record BuiltInPhrases(
    string Greeting,
    string Welcome,
    string NeedsModel,
    string Noted,
    string NothingFound,
    string ToldOn,
    string Told,
    string Quotation,
    string WithoutMemory,
    string InPublic,
    string NoModel,
    string AddModel,
    string WithOthers,
    string ChooseModel)
{
    public static BuiltInPhrases English { get; } = new(
        "Hello.",
        "You're welcome.",
        "I need a language model for that, but I'll remember what you tell me.",
        "Got it, I'll remember that.",
        "I didn't find anything about that in what you've told me so far.",
        "You told me on {0}",
        "Here's what you told me",
        "“{0}”",
        "This chat is without memory, so I don't look anything up or learn from it. Without a language model, I can't do anything else.",
        "Others can see this answer, so I don't look anything up for it. Without a language model, I can't do anything else. Ask in private, or with `memory:true`.",
        "No language model is configured, so I can only look things up in what you've told me.",
        "To add one, run Ollama at `http://localhost:11434` (`ollama pull qwen2.5:3b-instruct`) or set `OpenAI:ApiKey` or `AzureOpenAI:Endpoint`.",
        "I'm answering without a language model, so I can only look things up in what you've told me.",
        "You can choose another model in the settings.");

    public static BuiltInPhrases Polish { get; } = new(
        "Cześć.",
        "Nie ma za co.",
        "Do tego potrzebny jest model językowy. Ale to, co mówisz o sobie, i tak zapamiętuję.",
        "Dobrze, zapamiętam.",
        "W tym, co od Ciebie wiem, nic o tym nie ma.",
        "{0} wiem od Ciebie",
        "Oto, co wiem od Ciebie",
        "„{0}”",
        "Ta rozmowa jest bez pamięci, więc niczego w pamięci nie szukam i niczego nie zapamiętuję. Bez modelu językowego nic więcej nie potrafię.",
        "Tę odpowiedź widzą też inni, więc nie szukam niczego w pamięci. Bez modelu językowego nic więcej nie potrafię. Zapytaj prywatnie albo z `memory:true`.",
        "Nie skonfigurowano żadnego modelu językowego, więc mogę tylko szukać w tym, co od Ciebie wiem.",
        "Aby go dodać, uruchom Ollamę pod adresem `http://localhost:11434` (`ollama pull qwen2.5:3b-instruct`) albo ustaw `OpenAI:ApiKey` lub `AzureOpenAI:Endpoint`.",
        "Odpowiadam bez modelu językowego i mogę tylko szukać w tym, co od Ciebie wiem.",
        "Inny model możesz wybrać w ustawieniach.");
}
