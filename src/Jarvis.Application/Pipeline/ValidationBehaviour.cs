using FluentValidation;
using Jarvis.Domain.Common;
using MediatR;

namespace Jarvis.Application.Pipeline;

/// <summary>Refuses a request that its validators refuse. A rule states its dotted code and its sentence by <see cref="ValidationExtensions.WithAppError"/>.</summary>
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
