using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;

namespace Jarvis.Application.Accounts;

public static class AccountErrors
{
    public const int UsernameMinLength = 2;
    public const int UsernameMaxLength = 50;
    public const int EmailMaxLength = 254;
    public const int PasswordMinLength = 10;
    public const int PasswordMaxLength = 200;

    public static Error UsernameInvalid { get; } = new(
        ErrorKind.Invalid,
        "account.username_invalid",
        $"A name has {UsernameMinLength} to {UsernameMaxLength} letters, digits, dots, hyphens or underscores.");

    public static Error UsernameTaken { get; } = new(ErrorKind.Invalid, "account.username_taken", $"This name is taken. Choose another one.");

    public static Error EmailInvalid { get; } =
        new(ErrorKind.Invalid, "account.email_invalid", $"This is not an e-mail address. It looks like name@example.org.");

    public static Error EmailTaken { get; } =
        new(ErrorKind.Invalid, "account.email_taken", $"There is an account with this e-mail address. Sign in instead.");

    public static Error PasswordInvalid { get; } = new(
        ErrorKind.Invalid,
        "account.password_invalid",
        $"A password has {PasswordMinLength} to {PasswordMaxLength} characters. A sentence is a good one.");

    public static Error WrongPassword { get; } =
        new(ErrorKind.Unauthenticated, "account.wrong_password", $"Name and password do not fit together. Try again.");

    public static Error CaptchaMissing { get; } = new(
        ErrorKind.Invalid,
        "account.human_proof_missing",
        $"Show first that you are no program: answer the check below. It needs scripts.");

    public static Error CaptchaExpired { get; } = new(
        ErrorKind.Invalid,
        "account.human_proof_expired",
        $"The check that you are no program is too old or was used before. Answer it once more.");

    public static Error CaptchaFailed { get; } = new(
        ErrorKind.Forbidden,
        "account.not_human",
        $"The check could not tell you from a program, so no account was made. Try again, or ask whoever runs this Jarvis.");

    public static Error CaptchaUnavailable { get; } = new(
        ErrorKind.Unavailable,
        "account.human_check_unavailable",
        $"The check that you are no program cannot be made at the moment, so no account was made. What you typed is kept. Try again in a minute.");

    public static Error CaptchaMisconfigured { get; } = new(
        ErrorKind.Unavailable,
        "account.human_check_misconfigured",
        $"The check that you are no program is not set up right, so no account was made. Tell whoever runs this Jarvis; the log says more.");

    public static Error TokenNameInvalid { get; } =
        new(ErrorKind.Invalid, "token.name_invalid", $"A token needs a name of at most {AccessToken.NameMaxLength} characters.");

    public static Error TokenExpiryInvalid { get; } = new(ErrorKind.Invalid, "token.expiry_invalid", $"The expiry must lie in the future.");

    public static Error TokenNotFound { get; } = new(ErrorKind.NotFound, "token.not_found", $"There is no such token.");

    public static Error TokenRejected { get; } =
        new(ErrorKind.Unauthenticated, "token.refused", $"This token does not exist, has expired or was revoked.");

    public static Error ModelUnknown { get; } =
        new(ErrorKind.Invalid, "settings.model_unknown", $"There is no such model. GET /models lists those there are.");

    public static Error TemperatureInvalid { get; } = new(
        ErrorKind.Invalid,
        "settings.temperature_invalid",
        $"A temperature lies between {Temperature.Minimum} and {Temperature.Maximum}.");

    public static Error LanguageUnknown { get; } =
        new(ErrorKind.Invalid, "settings.language_unknown", $"The language is “auto”, “en” or “pl”.");

    public static Error VoiceInvalid { get; } =
        new(ErrorKind.Invalid, "settings.voice_invalid", $"A name of a voice or its model has at most {UserConfig.VoiceMaxLength} characters.");

    public static Error Locked(TimeSpan rest) => new(
        ErrorKind.LimitReached,
        "account.locked",
        $"Too many wrong passwords. Try again in {Math.Ceiling(rest.TotalMinutes)} minutes.")
    {
        RetryAfter = rest,
    };
}
