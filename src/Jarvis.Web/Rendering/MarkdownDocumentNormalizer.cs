using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Jarvis.Web.Rendering;

/// <summary>Prepares a block for rendering: heading levels, text direction, and classes instead of styles.</summary>
internal static class MarkdownDocumentNormalizer
{
    public static void Apply(Block block, HeadingOutline outline)
    {
        // Each block has its own text direction, so that Arabic or Hebrew among English text renders correctly.
        block.GetAttributes().AddPropertyIfNotExist("dir", "auto");
        foreach (var part in WithDescendants(block))
        {
            switch (part)
            {
                case HeadingBlock heading:
                    heading.Level = outline.Next(heading.Level);
                    break;
                case Table table:
                    AlignByClass(table);
                    break;
            }
        }
    }

    private static IEnumerable<MarkdownObject> WithDescendants(Block block) =>
        block is ContainerBlock container ? container.Descendants().Prepend(block) : [block];

    // The table renderer aligns by a style attribute, which the content security policy forbids.
    private static void AlignByClass(Table table)
    {
        foreach (var row in table.OfType<TableRow>())
        {
            for (var column = 0; column < Math.Min(row.Count, table.ColumnDefinitions.Count); column++)
            {
                if (GetClass(table.ColumnDefinitions[column].Alignment) is { } name)
                {
                    row[column].GetAttributes().AddClass(name);
                }
            }
        }

        table.ColumnDefinitions.ForEach(definition => definition.Alignment = null);
    }

    private static string? GetClass(TableColumnAlign? alignment) => alignment switch
    {
        TableColumnAlign.Center => "center",
        TableColumnAlign.Right => "end",
        _ => null,
    };
}
