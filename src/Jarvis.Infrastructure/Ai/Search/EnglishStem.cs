using Lucene.Net.Tartarus.Snowball.Ext;

namespace Jarvis.Infrastructure.Ai.Search;

/// <summary>The stem of an English word by Snowball's algorithm, irregular forms brought together before.</summary>
internal static class EnglishStem
{
    public static string Stem(string word)
    {
        // One for each word: it keeps its state in fields, and each word is stemmed once in the life of the process.
        var stemmer = new EnglishStemmer();
        stemmer.SetCurrent(IrregularForms.Find(word));
        stemmer.Stem();

        return stemmer.Current;
    }
}
