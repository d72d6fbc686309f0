; Inno Setup's recipe, started by ../freeze.py: iscc /DVersion=… /DFrozen=… /O… setup.iss
; Written and never run.
#ifndef Version
  #error Start it through: python run.py package
#endif

[Setup]
; Never change AppId: it is how a newer version finds the one it replaces.
AppId={{3B1F6C0E-6A0E-4E0A-9C55-0A51DE000001}
AppName=Aside
AppVersion={#Version}
AppPublisher=The Aside authors
DefaultDirName={autopf}\Aside
DefaultGroupName=Aside
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
SetupIconFile=aside.ico
UninstallDisplayIcon={app}\aside.exe
OutputBaseFilename=aside-{#Version}-setup
Compression=lzma2
SolidCompression=yes
CloseApplications=yes
WizardStyle=modern

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"

[CustomMessages]
en.DeleteData=Delete your conversations, settings and models too? They cannot be brought back.
de.DeleteData=Auch Ihre Gespräche, Einstellungen und Modelle löschen? Sie sind dann endgültig weg.
es.DeleteData=¿Borrar también sus conversaciones, ajustes y modelos? No se podrán recuperar.

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; Files of an older version that the newer one no longer has.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Frozen}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\Aside"; Filename: "{app}\aside.exe"
Name: "{autodesktop}\Aside"; Filename: "{app}\aside.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\aside.exe"; Description: "{cm:LaunchProgram,Aside}"; Flags: nowait postinstall skipifsilent

[Code]
procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Status: Integer;
begin
  { Silent removal keeps everything; so does closing the question. }
  if (Step = usUninstall) and not UninstallSilent then
    if MsgBox(CustomMessage('DeleteData'), mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES then
      Exec(ExpandConstant('{app}\aside.exe'), 'uninstall --delete-data --yes', '', SW_HIDE,
        ewWaitUntilTerminated, Status);
end;
