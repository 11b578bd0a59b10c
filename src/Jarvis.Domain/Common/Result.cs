namespace Jarvis.Domain.Common;

/// <summary>Done or refused, whatever the value.</summary>
public interface IResult
{
    Error? Error { get; }
}

/// <summary>What a request answers with, so that the pipeline can refuse it without knowing its value.</summary>
public interface IResult<TSelf> : IResult
    where TSelf : IResult<TSelf>
{
    static abstract TSelf Failure(Error error);
}

/// <summary>Done, or refused.</summary>
public sealed record Result : IResult<Result>
{
    private Result(Error? error) => Error = error;

    public static Result Ok { get; } = new(error: null);

    public Error? Error { get; }

    public static Result Failure(Error error) => new(error);

    public static implicit operator Result(Error error) => Failure(error);
}

/// <summary>A value, or a refusal.</summary>
public sealed record Result<T> : IResult<Result<T>>
{
    private readonly T? value;

    private Result(T? value, Error? error) => (this.value, Error) = (value, error);

    public Error? Error { get; }

    /// <exception cref="InvalidOperationException">The request was refused: look at <see cref="Error"/> first.</exception>
    public T Value => Error is null ? value! : throw new InvalidOperationException($"The result is the error {Error.Code} and doesn't have a value.");

    public static Result<T> Success(T value) => new(value, error: null);

    public static Result<T> Failure(Error error) => new(default, error);

    public static implicit operator Result<T>(T value) => Success(value);

    public static implicit operator Result<T>(Error error) => Failure(error);
}
