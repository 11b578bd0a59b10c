using FluentValidation;
using Jarvis.Domain.Common;

namespace Jarvis.Application.Pipeline;

internal static class ValidationExtensions
{
    /// <summary>Sets the error that the person sees if the preceding rule fails.</summary>
    public static IRuleBuilderOptions<T, TProperty> WithAppError<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, Error error) =>
        rule.WithErrorCode(error.Code).WithState(_ => error);
}
