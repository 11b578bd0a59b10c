using System.Net;
using System.Text;
using ColorCode;
using ColorCode.Common;
using ColorCode.Parsing;

namespace Jarvis.Web.Rendering;

/// <summary>Code as escaped text with spans of a few classes, which the style sheet colours in both themes.</summary>
internal sealed class CodeHighlighter : CodeColorizerBase
{
    /// <summary>Longer code stays plain: its patterns are regular expressions that nobody bounded.</summary>
    private const int MaxLength = 10_000;

    private readonly StringBuilder html = new();

    private CodeHighlighter()
        : base(Styles: null, languageParser: null)
    {
    }

    public static string ToHtml(string code, string language)
    {
        if (code.Length > MaxLength || language.Length == 0 || Languages.FindById(KnownAs(language)) is not { } grammar)
        {
            return WebUtility.HtmlEncode(code);
        }

        var highlighter = new CodeHighlighter();
        highlighter.languageParser.Parse(code, grammar, highlighter.Write);

        return highlighter.html.ToString();
    }

    protected override void Write(string parsedSourceCode, IList<Scope> scopes) =>
        Write(parsedSourceCode, scopes, 0, parsedSourceCode.Length);

    private void Write(string code, IEnumerable<Scope> scopes, int start, int end)
    {
        foreach (var scope in scopes.OrderBy(scope => scope.Index))
        {
            if (scope.Index < start || scope.Index + scope.Length > end)
            {
                continue;
            }

            html.Append(WebUtility.HtmlEncode(code[start..scope.Index]));
            WriteScope(code, scope);
            start = scope.Index + scope.Length;
        }

        html.Append(WebUtility.HtmlEncode(code[start..end]));
    }

    private void WriteScope(string code, Scope scope)
    {
        var name = ClassOf(scope.Name);
        html.Append(name is null ? "" : $"""<span class="{name}">""");
        Write(code, scope.Children, scope.Index, scope.Index + scope.Length);
        html.Append(name is null ? "" : "</span>");
    }

    private static string KnownAs(string language) => language.ToLowerInvariant() switch
    {
        "cs" => "csharp",
        "js" or "mjs" or "jsx" => "javascript",
        "ts" or "tsx" => "typescript",
        "py" => "python",
        "ps1" or "pwsh" => "powershell",
        "fs" => "fsharp",
        "hs" => "haskell",
        "c" or "h" => "cpp",
        "md" => "markdown",
        "svg" => "xml",
        var other => other,
    };

    private static string? ClassOf(string scope) => scope switch
    {
        ScopeName.Comment or ScopeName.HtmlComment or ScopeName.XmlComment or ScopeName.XmlDocComment or ScopeName.XmlDocTag => "hl-comment",
        ScopeName.Keyword or ScopeName.ControlKeyword or ScopeName.PreprocessorKeyword or ScopeName.PseudoKeyword or ScopeName.HtmlTagDelimiter
            or ScopeName.XmlDelimiter or ScopeName.PowerShellOperator or ScopeName.Operator => "hl-keyword",
        ScopeName.String or ScopeName.StringCSharpVerbatim or ScopeName.StringEscape or ScopeName.JsonString or ScopeName.HtmlAttributeValue
            or ScopeName.XmlAttributeValue or ScopeName.XmlAttributeQuotes or ScopeName.CssPropertyValue => "hl-string",
        ScopeName.Number or ScopeName.JsonNumber or ScopeName.JsonConst or ScopeName.BuiltinValue => "hl-number",
        ScopeName.ClassName or ScopeName.Type or ScopeName.TypeVariable or ScopeName.NameSpace or ScopeName.Constructor or ScopeName.HtmlElementName
            or ScopeName.XmlName or ScopeName.CssSelector or ScopeName.PowerShellType or ScopeName.BuiltinFunction
            or ScopeName.SqlSystemFunction or ScopeName.PowerShellCommand => "hl-name",
        ScopeName.HtmlAttributeName or ScopeName.XmlAttribute or ScopeName.CssPropertyName or ScopeName.JsonKey or ScopeName.Attribute
            or ScopeName.PowerShellAttribute or ScopeName.PowerShellParameter or ScopeName.PowerShellVariable => "hl-attribute",
        _ => null,
    };
}
