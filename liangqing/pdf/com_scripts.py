r"""What Windows PowerShell 5.1 is given to have Word or WPS at work: fixed texts, into which nothing is pasted.

All that differs (paths, the printer) stands in a file of JSON, whose path is the one argument. The texts are plain
ASCII, as PowerShell 5.1 reads a script by the code page of the machine.

The job of OFFICE: `class` to be called, `program` that serves it, `mine` (a file for the ids of the processes that
were started for us), `said` (a file for what went wrong), `papers`: of each `word`, and either `pdf` to be made of
it, or `copies` to be printed on `printer` ("": the one that the program takes itself), with `done`, a file that is
there once the printer has it. Its exit code is 1 where the program could not be ended: then STOP has to.
"""

JOB, OFFICE_FILE, STOP_FILE = "job.json", "office.ps1", "stop.ps1"

# A person may have the program open (WPS may then answer from that very window), or open a file while it works for
# us. What a person sees is left alone: it is neither hidden nor ended, and what was changed of its ways is put back.
# Only a process that was not there before and that Windows started on call (-Embedding) is noted as ours.
OFFICE = r"""
param([string]$JobPath)
$ErrorActionPreference = 'Stop'
$job = Get-Content -LiteralPath $JobPath -Raw -Encoding UTF8 | ConvertFrom-Json

function Write-Said([string]$text) {
    $plain = New-Object System.Text.UTF8Encoding($false)
    [System.IO.File]::WriteAllText($job.said, $text, $plain)
}

function Get-Called {
    $all = Get-CimInstance -ClassName Win32_Process -ErrorAction SilentlyContinue
    $called = $all | Where-Object { $_.Name -eq $job.program -and $_.CommandLine -match '-Embedding' }
    $called | ForEach-Object { [string]$_.ProcessId }
}

$plain = [System.IO.Path]::GetFileNameWithoutExtension($job.program)
$running = @(Get-Process -Name $plain -ErrorAction SilentlyContinue).Count -gt 0
$before = @(Get-Called)
$app = $null
$left = $false
try {
    $app = New-Object -ComObject $job.class
    $mine = @(Get-Called | Where-Object { $before -notcontains $_ })
    [System.IO.File]::WriteAllText($job.mine, ($mine -join ' '))
    $shared = ($app.Documents.Count -gt 0) -or ($running -and $app.Visible)
    $alerts = $app.DisplayAlerts
    $security = $app.AutomationSecurity
    if (-not $shared) { $app.Visible = $false }
    $app.DisplayAlerts = 0
    $app.AutomationSecurity = 3
    foreach ($paper in @($job.papers)) {
        $document = $null
        $usual = $null
        try {
            $document = $app.Documents.Open($paper.word, $false, $true, $false)
            if ($paper.pdf) {
                $document.ExportAsFixedFormat($paper.pdf, 17)
            }
            else {
                if ($paper.printer) {
                    $usual = $app.ActivePrinter
                    $app.ActivePrinter = $paper.printer
                }
                $none = [System.Type]::Missing
                $copies = [int]$paper.copies
                $document.PrintOut($false, $false, 0, $none, $none, $none, 0, $copies, $none, 0, $false, $true)
                [System.IO.File]::WriteAllText($paper.done, 'printed')
            }
        }
        catch {
            Write-Said $_.Exception.Message
        }
        finally {
            try {
                if ($null -ne $document) {
                    $document.Saved = $true
                    $document.Close()
                }
            }
            catch {
                Write-Said $_.Exception.Message
            }
            try {
                if ($null -ne $usual) { $app.ActivePrinter = $usual }
            }
            catch {
                Write-Said $_.Exception.Message
            }
        }
    }
}
catch {
    Write-Said $_.Exception.Message
}
finally {
    if ($null -ne $app) {
        try {
            if ($shared -or ($app.Documents.Count -gt 0)) {
                if ($null -ne $alerts) { $app.DisplayAlerts = $alerts }
                if ($null -ne $security) { $app.AutomationSecurity = $security }
                if (-not $shared) { $app.Visible = $true }
            }
            else {
                $app.Quit()
            }
        }
        catch {
            $left = $true
            Write-Said $_.Exception.Message
        }
        $document = $null
        [void][System.Runtime.InteropServices.Marshal]::FinalReleaseComObject($app)
        $app = $null
        [System.GC]::Collect()
        [System.GC]::WaitForPendingFinalizers()
    }
}
if ($left) { exit 1 }
"""

# Ends what was started for us and hangs; what shows a window may hold what a person is at, and is left to the person.
STOP = r"""
param([string]$JobPath)
$job = Get-Content -LiteralPath $JobPath -Raw -Encoding UTF8 | ConvertFrom-Json
if (Test-Path -LiteralPath $job.mine) {
    $ids = @([System.IO.File]::ReadAllText($job.mine) -split ' ' | Where-Object { $_ })
    foreach ($id in $ids) {
        $running = Get-Process -Id ([int]$id) -ErrorAction SilentlyContinue
        if (($null -ne $running) -and ($running.MainWindowHandle -eq [System.IntPtr]::Zero)) {
            Stop-Process -Id ([int]$id) -Force -ErrorAction SilentlyContinue
        }
    }
}
"""
