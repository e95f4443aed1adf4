using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Sound;

/// <summary>What is said of all sound in the same words.</summary>
internal static class SoundFacts
{
    private const long MostDuration = long.MaxValue / 2000;

    /// <summary>Notes how long it sounds.</summary>
    public static void Duration(ExaminationNotes notes, long units, long unitsOfASecond)
    {
        if (units > 0 && unitsOfASecond > 0 && units < MostDuration)
        {
            notes.Set("duration-ms", units * 1000 / unitsOfASecond);
        }
    }

    /// <summary>Notes the shape of the sound; 0 is not said.</summary>
    public static void Shape(ExaminationNotes notes, long rate, long channels, long bits)
    {
        Set("sample-rate", rate);
        Set("channels", channels);
        Set("bits-per-sample", bits);

        void Set(string name, long value)
        {
            if (value > 0)
            {
                notes.Set(name, value);
            }
        }
    }
}
