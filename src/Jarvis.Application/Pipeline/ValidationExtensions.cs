using System.Text;
using FluentValidation;
using Jarvis.Domain.Common;

namespace Jarvis.Application.Pipeline;

internal static class ValidationExtensions
{
    /// <summary>What a person is told when the rule before this fails: the error's code and sentence become the field's.</summary>
    public static IRuleBuilderOptions<T, TProperty> WithAppError<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, Error error) =>
        rule.WithErrorCode(error.Code).WithState(_ => error);

    /// <summary>
    /// Text that every engine can store and every reader can show: no NUL, which PostgreSQL refuses, and no half of a
    /// surrogate pair, which UTF-8 cannot hold.
    /// </summary>
    public static bool IsStorable(string? text)
    {
        for (var i = 0; i < text?.Length; i++)
        {
            if (text[i] == '\0')
            {
                return false;
            }

            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text with what cannot be stored replaced: a model may say anything, and stop in the middle of a character.</summary>
    public static string Storable(string text)
    {
        if (IsStorable(text))
        {
            return text;
        }

        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            storable.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return storable.ToString();
    }
}
