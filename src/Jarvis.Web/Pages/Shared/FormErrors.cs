using Jarvis.Domain.Common;
using Jarvis.Web.Errors;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Jarvis.Web.Pages.Shared;

internal static class FormErrors
{
    /// <summary>Puts a refusal beside the fields that it is about, or above the form where it is about none.</summary>
    public static void AddError(this ModelStateDictionary form, Error error, IErrorText texts)
    {
        foreach (var (field, refusals) in error.Fields)
        {
            form.AddModelError(char.ToUpperInvariant(field[0]) + field[1..], texts.For(refusals[0]));
        }

        if (error.Fields.Count == 0)
        {
            form.AddModelError("", texts.For(error));
        }
    }
}
