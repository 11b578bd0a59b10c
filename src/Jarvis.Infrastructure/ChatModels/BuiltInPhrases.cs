namespace Jarvis.Infrastructure.ChatModels;

/// <summary>The offline responder's sentences in one language; they are part of an answer, and stored with it.</summary>
/// <param name="ToldOn">With the date.</param>
/// <param name="Quotation">The language's quotation marks around the text.</param>
/// <param name="WithoutMemory">For a chat that is held without memory: there is nothing that this responder could do.</param>
/// <param name="InPublic">For an answer that others read, and that is given no memory.</param>
/// <param name="NoModel">Why it answers.</param>
/// <param name="AddModel">What to do about it.</param>
/// <param name="WithOthers">Why it answers where there are models.</param>
/// <param name="ChooseModel">What to do about it there.</param>
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
        "You are welcome.",
        "That needs a language model. What you tell me about yourself I keep all the same.",
        "Noted. I keep what you tell me, and find it again when you ask.",
        "I have found nothing about this in what you told me so far.",
        "You told me on {0}",
        "This is what you told me",
        "“{0}”",
        "This chat is without memory: I look nothing up for it and learn nothing from it, and without a language model I can do nothing else.",
        "Others read this answer, so I look nothing up for it, and without a language model I can do nothing else. Ask in private, or with `memory:true`.",
        "No language model is configured, so I can only look things up in what you told me.",
        "To add one, run Ollama at `http://localhost:11434` (`ollama pull qwen2.5:3b-instruct`), or set `OpenAI:ApiKey` or `AzureOpenAI:Endpoint`.",
        "I answer without a language model and can only look things up in what you told me.",
        "The settings offer other models.");

    public static BuiltInPhrases Polish { get; } = new(
        "Cześć.",
        "Nie ma za co.",
        "Do tego potrzebny jest model językowy. To, co mówisz o sobie, zapamiętuję mimo to.",
        "Zanotowane. Zachowuję to, co mi mówisz, i znajdę to, gdy zapytasz.",
        "W tym, co od Ciebie wiem, nic o tym nie znalazłem.",
        "{0} usłyszałem od Ciebie",
        "Oto, co usłyszałem od Ciebie",
        "„{0}”",
        "Ta rozmowa jest bez pamięci: niczego dla niej nie szukam i niczego się z niej nie uczę, a bez modelu językowego nic więcej nie potrafię.",
        "Tę odpowiedź czytają też inni, więc niczego dla niej nie szukam, a bez modelu językowego nic więcej nie potrafię. Zapytaj prywatnie albo z `memory:true`.",
        "Nie skonfigurowano żadnego modelu językowego, więc mogę tylko szukać w tym, co od Ciebie wiem.",
        "Aby go dodać, uruchom Ollamę pod adresem `http://localhost:11434` (`ollama pull qwen2.5:3b-instruct`) albo ustaw `OpenAI:ApiKey` lub `AzureOpenAI:Endpoint`.",
        "Odpowiadam bez modelu językowego i mogę tylko szukać w tym, co od Ciebie wiem.",
        "Inne modele są w ustawieniach.");
}
