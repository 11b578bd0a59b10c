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
        $"Use {UsernameMinLength} to {UsernameMaxLength} letters, digits, dots, hyphens or underscores.");

    public static Error UsernameTaken { get; } = new(ErrorKind.Invalid, "account.username_taken", $"This username is taken. Choose another one.");

    public static Error EmailInvalid { get; } =
        new(ErrorKind.Invalid, "account.email_invalid", $"Enter an e-mail address such as name@example.org.");

    public static Error EmailTaken { get; } =
        new(ErrorKind.Invalid, "account.email_taken", $"An account with this e-mail address already exists. Sign in instead.");

    public static Error PasswordInvalid { get; } = new(
        ErrorKind.Invalid,
        "account.password_invalid",
        $"Use {PasswordMinLength} to {PasswordMaxLength} characters. A short sentence works well.");

    public static Error WrongPassword { get; } =
        new(ErrorKind.Unauthenticated, "account.wrong_password", $"Wrong username or password.");

    public static Error CaptchaMissing { get; } = new(
        ErrorKind.Invalid,
        "account.human_proof_missing",
        $"Please confirm that you're not a robot. This requires JavaScript.");

    public static Error CaptchaExpired { get; } = new(
        ErrorKind.Invalid,
        "account.human_proof_expired",
        $"The robot check has expired or was already used. Please complete it again.");

    public static Error CaptchaFailed { get; } = new(
        ErrorKind.Forbidden,
        "account.not_human",
        $"We couldn't verify that you're human, so no account was created. Try again, or ask your administrator.");

    public static Error CaptchaUnavailable { get; } = new(
        ErrorKind.Unavailable,
        "account.human_check_unavailable",
        $"The robot check isn't available right now, so no account was created. What you typed is kept. Try again in a minute.");

    public static Error CaptchaMisconfigured { get; } = new(
        ErrorKind.Unavailable,
        "account.human_check_misconfigured",
        $"The robot check is misconfigured, so no account was created. Tell your administrator; the log has the details.");

    public static Error TokenNameInvalid { get; } =
        new(ErrorKind.Invalid, "token.name_invalid", $"Give the token a name of up to {AccessToken.NameMaxLength} characters.");

    public static Error TokenExpiryInvalid { get; } = new(ErrorKind.Invalid, "token.expiry_invalid", $"The expiry date must be in the future.");

    public static Error TokenNotFound { get; } = new(ErrorKind.NotFound, "token.not_found", $"This token doesn't exist.");

    public static Error TokenRejected { get; } =
        new(ErrorKind.Unauthenticated, "token.refused", $"This token doesn't exist, has expired or was revoked.");

    public static Error ModelUnknown { get; } =
        new(ErrorKind.Invalid, "settings.model_unknown", $"Unknown model. GET /models lists the available ones.");

    public static Error TemperatureInvalid { get; } = new(
        ErrorKind.Invalid,
        "settings.temperature_invalid",
        $"The temperature must be between {Temperature.Minimum} and {Temperature.Maximum}.");

    public static Error LanguageUnknown { get; } =
        new(ErrorKind.Invalid, "settings.language_unknown", $"The language must be “auto”, “en” or “pl”.");

    public static Error VoiceInvalid { get; } =
        new(ErrorKind.Invalid, "settings.voice_invalid", $"The name of a voice or its model can have up to {UserConfig.VoiceMaxLength} characters.");

    public static Error Locked(TimeSpan rest) => new(
        ErrorKind.LimitReached,
        "account.locked",
        $"Too many wrong passwords. Try again in {Math.Ceiling(rest.TotalMinutes)} min.")
    {
        RetryAfter = rest,
    };
}
