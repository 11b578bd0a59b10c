using System.Net;
using System.Web;

namespace Jarvis.TestSupport.StandIns;

/// <summary>
/// reCAPTCHA server that implements the public protocol of versions 2 and 3: the widget's script, and siteverify, which accepts each proof
/// once. Ticking the box always succeeds.
/// </summary>
public sealed class RecaptchaStandIn : HttpStandIn
{
    public const string SiteKey = "stand-in-site-key";

    private const string TokenPrefix = "proof-";

    // The part of Google's script that the page of Jarvis uses.
    private const string Widget =
        """
        (() => {
          const proof = () => 'proof-' + Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
          window.grecaptcha = { ready: (then) => then(), execute: async () => proof() };
          for (const place of document.querySelectorAll('.g-recaptcha')) {
            const label = document.createElement('label');
            const box = document.createElement('input');
            const answer = document.createElement('input');
            label.className = 'check';
            box.type = 'checkbox';
            answer.type = 'hidden';
            answer.name = 'g-recaptcha-response';
            box.addEventListener('change', () => { answer.value = box.checked ? proof() : ''; });
            label.append(box, ' I am no program (a stand-in for reCAPTCHA asks)');
            place.append(label, answer);
          }
        })();
        """;

    private readonly HashSet<string> used = [];

    /// <summary>Value for <c>Captcha:BaseUrl</c>.</summary>
    public Uri BaseUrl => Root;

    /// <summary>Score; null for version 2, which returns neither score nor action.</summary>
    public double? Score { get; set; }

    public string Action { get; set; } = "register";

    public string HostName { get; set; } = "localhost";

    /// <summary>Settings that make Jarvis use this stand-in.</summary>
    public (string Key, string Value)[] Settings =>
        [("Captcha:BaseUrl", BaseUrl.ToString()), ("Captcha:SiteKey", SiteKey), ("Captcha:SecretKey", Secrets.RecaptchaKey)];

    /// <param name="port">Port; 0 selects a free one.</param>
    public static Task<RecaptchaStandIn> StartAsync(int port = 0, bool everywhere = false) => StartAsync(new RecaptchaStandIn(), port, everywhere);

    /// <summary>Creates a proof as the widget does.</summary>
    public static string NewToken() => TokenPrefix + Guid.NewGuid().ToString("N");

    public override void Reset()
    {
        base.Reset();
        (Score, Action, HostName) = (null, "register", "localhost");
    }

    protected override bool HasFaults(HttpStandInRequest request) => request.Path.EndsWith("siteverify", StringComparison.Ordinal);

    private protected override HttpStandInAnswer Answer(HttpStandInRequest request) => (request.Method, request.Path) switch
    {
        ("GET", "/recaptcha/api.js") => HttpStandInAnswer.Text(200, "text/javascript; charset=utf-8", Widget),
        ("POST", "/recaptcha/api/siteverify") => Verify(HttpUtility.ParseQueryString(request.Text)),
        _ => HttpStandInAnswer.Text((int)HttpStatusCode.NotFound, "text/html", "<title>Error 404 (Not Found)!!1</title>"),
    };

    private HttpStandInAnswer Verify(System.Collections.Specialized.NameValueCollection form) => (form["secret"], form["response"]) switch
    {
        (null or "", _) => Failed("missing-input-secret"),
        (not Secrets.RecaptchaKey, _) => Failed("invalid-input-secret"),
        (_, null or "") => Failed("missing-input-response"),
        (_, var proof) when !proof.StartsWith(TokenPrefix, StringComparison.Ordinal) => Failed("invalid-input-response"),
        (_, var proof) when !used.Add(proof) => Failed("timeout-or-duplicate"),
        _ => Passed(),
    };

    private HttpStandInAnswer Passed()
    {
        var recaptcha = new Dictionary<string, object> { ["success"] = true, ["challenge_ts"] = "2026-01-01T00:00:00Z", ["hostname"] = HostName };
        if (Score is { } score)
        {
            (recaptcha["score"], recaptcha["action"]) = (score, Action);
        }

        return HttpStandInAnswer.Json(200, recaptcha);
    }

    // Google returns 200 for errors as well.
    private static HttpStandInAnswer Failed(string code) =>
        HttpStandInAnswer.Json(200, new Dictionary<string, object> { ["success"] = false, ["error-codes"] = new[] { code } });
}
