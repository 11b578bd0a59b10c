using System.Globalization;
using System.Text;

namespace Jarvis.Application.Speech.Text;

internal static class SymbolReplacer
{
    /// <summary>What no voice says: emoji with their joiners and shades, ornaments, marks of Markdown, brackets of code.</summary>
    public static bool IsSilent(Rune rune) => rune.Value switch
    {
        '*' or '_' or '`' or '~' or '#' or '|' or '\\' or '^' or '{' or '}' or '[' or ']' or '<' or '>' or '•' or '·' => true,
        0xFE0E or 0xFE0F or 0x20E3 or 0x200D => true,
        >= 0x1F000 and <= 0x1FAFF or >= 0xE0000 and <= 0xE01EF => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol,
    };
}
