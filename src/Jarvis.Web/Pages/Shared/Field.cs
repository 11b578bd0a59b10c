namespace Jarvis.Web.Pages.Shared;

/// <summary>Labelled input of a form, with its hint and its error.</summary>
internal sealed record Field(string Name, string Label)
{
    public string Type { get; init; } = "text";

    public string? Value { get; init; }

    public string? Hint { get; init; }

    public string? Autocomplete { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public bool Required { get; init; } = true;

    public bool Autofocus { get; init; }
}
