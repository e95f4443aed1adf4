using System.Buffers.Binary;
using Lantai.Characterization;

namespace Lantai.Tests.Characterization.Envelopes;

public sealed class ProgramExaminerTests
{
    [Fact]
    public void Programs_are_told_by_their_kind_and_never_called_readable()
    {
        (byte[] File, string Kind)[] files =
        [
            (Looking.Program(), "pe"), ([0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1], "elf"), ("#!/bin/sh\n"u8.ToArray(), "script"),
            ([0xCF, 0xFA, 0xED, 0xFE, 7, 0, 0, 1], "mach-o"), ([0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 52, 0], "java-class"),
        ];

        foreach (var (file, kind) in files)
        {
            var found = Looking.Into(file);

            Assert.Equal(FileFamily.Executable, found.Family);
            Assert.True(found.Has("executable", kind));
            Assert.Equal(Readability.NotCheckable, found.Readability);
        }
    }

    [Fact]
    public void A_program_whose_sections_go_beyond_its_end_is_broken()
    {
        var file = new byte[1000];
        Looking.Program().CopyTo(file, 0);
        file[128 + 6] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(128 + 24 + 16), 600);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(128 + 24 + 20), 400);

        Assert.Equal(Readability.NotCheckable, Looking.Into(file).Readability);
        Assert.True(Looking.Into(file[..^1]).IsBroken("section", "cut-off"));
    }
}
