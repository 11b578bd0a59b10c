using FluentValidation;
using Jarvis.Domain.Common;
using MediatR;

namespace Jarvis.Application.Pipeline;

/// <summary>
/// Fails a request if its validators report errors. A rule sets its error with <see cref="ValidationExtensions.WithAppError"/>.
/// </summary>
internal sealed class ValidationBehaviour<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
    where TResponse : IResult<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(request, cancellationToken);
            if (!result.IsValid)
            {
                return TResponse.Failure(InvalidRequest.From(result.Errors));
            }
        }

        return await next();
    }
}
