using System.Globalization;
using Jarvis.Domain.Common;
using Microsoft.Extensions.Localization;

namespace Jarvis.Web.Errors;

/// <summary>What a person is told, in the language of the request.</summary>
internal interface IErrorText
{
    string For(Error error);

    /// <summary>Of an error that was stored: its sentence in the person's language where it needs no filling in.</summary>
    string For(string code, string message);
}

internal sealed class ErrorText(IStringLocalizerFactory factory) : IErrorText
{
    private readonly IStringLocalizer sentences = factory.Create("Errors", typeof(ErrorText).Assembly.GetName().Name!);

    public string For(Error error) => sentences[error.Code] is { ResourceNotFound: false } sentence
        ? string.Format(CultureInfo.CurrentCulture, sentence.Value, [.. error.Arguments])
        : error.Message;

    public string For(string code, string message) =>
        sentences[code] is { ResourceNotFound: false } sentence && !sentence.Value.Contains('{', StringComparison.Ordinal) ? sentence.Value : message;
}
