using System.Globalization;
using Jarvis.Domain.Common;
using Microsoft.Extensions.Localization;

namespace Jarvis.Web.Errors;

/// <summary>Error texts in the language of the request.</summary>
internal interface IErrorText
{
    string For(Error error);

    /// <summary>Returns the text of a stored error.</summary>
    string For(string code, string message, IReadOnlyList<object?> arguments);
}

internal sealed class ErrorText(IStringLocalizerFactory factory) : IErrorText
{
    private readonly IStringLocalizer sentences = factory.Create("Errors", typeof(ErrorText).Assembly.GetName().Name!);

    public string For(Error error) => For(error.Code, error.Message, error.Arguments);

    public string For(string code, string message, IReadOnlyList<object?> arguments) => sentences[code] is { ResourceNotFound: false } sentence
        ? string.Format(CultureInfo.CurrentCulture, sentence.Value, [.. arguments])
        : message;
}
