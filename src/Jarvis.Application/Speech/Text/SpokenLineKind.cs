namespace Jarvis.Application.Speech.Text;

/// <summary>What a line of Markdown is by its beginning.</summary>
internal enum SpokenLineKind
{
    Blank,
    Text,
    Item,
    Heading,

    /// <summary>Rules, lines under headings, targets of links: nothing to hear.</summary>
    Rule,

    Fence,
    TableRow,
}
