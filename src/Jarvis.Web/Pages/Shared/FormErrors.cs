using Jarvis.Domain.Common;
using Jarvis.Web.Errors;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Jarvis.Web.Pages.Shared;

internal static class FormErrors
{
    /// <summary>Adds the error to its fields, or to the form if it has no fields.</summary>
    public static void AddError(this ModelStateDictionary form, Error error, IErrorText texts)
    {
        foreach (var (field, fieldErrors) in error.Fields)
        {
            form.AddModelError(char.ToUpperInvariant(field[0]) + field[1..], texts.For(fieldErrors[0]));
        }

        if (error.Fields.Count == 0)
        {
            form.AddModelError("", texts.For(error));
        }
    }
}
