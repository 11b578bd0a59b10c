using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Jarvis.Infrastructure.Common;

/// <summary>Requires an absolute HTTP or HTTPS URL, or null. In the message, <c>{1}</c> is the invalid value.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HttpUrlAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is null || IsHttpUrl(value as Uri ?? (Uri.TryCreate((string)value, UriKind.Absolute, out var url) ? url : null))
            ? ValidationResult.Success
            : new ValidationResult(string.Format(CultureInfo.InvariantCulture, ErrorMessageString, validationContext.DisplayName, value));

    public static bool IsHttpUrl([NotNullWhen(true)] Uri? url) => url is { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
