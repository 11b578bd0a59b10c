using System.Text.RegularExpressions;

namespace Jarvis.Application.Speech.Text;

/// <summary>Words for symbols in one language.</summary>
internal sealed record SymbolNames(
    string And,
    string At,
    string Section,
    string Percent,
    string Degrees,
    string Euro,
    string Number,
    string About,
    string Times,
    string Plus,
    string Equal,
    string Less,
    string More,
    string AtMost,
    string AtLeast,
    string NotEqual)
{
    public static SymbolNames English { get; } = new(
        "and", "at", "section", "percent", "degrees", "euros", "number", "about", "times", "plus", "equals", "less than", "more than",
        "at most", "at least", "is not");

    public static SymbolNames Polish { get; } = new(
        "i", "małpa", "paragraf", "procent", "stopni", "euro", "numer", "około", "razy", "plus", "równa się", "mniejsze niż", "większe niż",
        "co najwyżej", "co najmniej", "różne od");

    public string ReplaceComparison(Match symbol) => symbol.Value switch
    {
        "<" => $" {Less} ",
        ">" => $" {More} ",
        "<=" or "≤" => $" {AtMost} ",
        ">=" or "≥" => $" {AtLeast} ",
        _ => $" {NotEqual} ",
    };
}
