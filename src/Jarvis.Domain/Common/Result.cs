namespace Jarvis.Domain.Common;

/// <summary>Error of a result, independent of the type of the value. Not named IResult, because ASP.NET Core has a type of that name.</summary>
public interface IHasError
{
    Error? Error { get; }
}

/// <summary>Lets the pipeline create a failed response without knowing the type of the value.</summary>
public interface IResult<TSelf> : IHasError
    where TSelf : IResult<TSelf>
{
    static abstract TSelf Failure(Error error);
}

/// <summary>Success without a value, or an error.</summary>
public sealed record Result : IResult<Result>
{
    private Result(Error? error) => Error = error;

    public static Result Ok { get; } = new(error: null);

    public Error? Error { get; }

    public static Result Failure(Error error) => new(error);

    public static implicit operator Result(Error error) => Failure(error);
}

/// <summary>A value, or an error.</summary>
public sealed record Result<T> : IResult<Result<T>>
{
    private readonly T? value;

    private Result(T? value, Error? error) => (this.value, Error) = (value, error);

    public Error? Error { get; }

    /// <exception cref="InvalidOperationException">The request failed. Check <see cref="Error"/> first.</exception>
    public T Value => Error is null ? value! : throw new InvalidOperationException($"The result is the error {Error.Code} and doesn't have a value.");

    public static Result<T> Success(T value) => new(value, error: null);

    public static Result<T> Failure(Error error) => new(default, error);

    public static implicit operator Result<T>(T value) => Success(value);

    public static implicit operator Result<T>(Error error) => Failure(error);
}
