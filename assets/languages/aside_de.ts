<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>aside</name>
  <message>
   <source>Push to talk</source>
   <translation>Zum Sprechen halten</translation>
  </message>
  <message>
   <source>Open the microphone while the key is held.</source>
   <translation>Öffnet das Mikrofon, solange die Taste gehalten wird.</translation>
  </message>
  <message>
   <source>Everything is paused: go on first.</source>
   <translation>Alles ist angehalten: erst fortfahren.</translation>
  </message>
  <message>
   <source>Mute the microphone</source>
   <translation>Mikrofon stumm schalten</translation>
  </message>
  <message>
   <source>Close the microphone, or open it again.</source>
   <translation>Schließt das Mikrofon oder öffnet es wieder.</translation>
  </message>
  <message>
   <source>Hear what the computer plays</source>
   <translation>Hören, was der Computer spielt</translation>
  </message>
  <message>
   <source>Hear calls and films beside the microphone, or stop.</source>
   <translation>Anrufe und Filme neben dem Mikrofon hören, oder damit aufhören.</translation>
  </message>
  <message>
   <source>Be quiet now</source>
   <translation>Jetzt still sein</translation>
  </message>
  <message>
   <source>Silence what Aside is saying.</source>
   <translation>Bringt zum Schweigen, was Aside gerade sagt.</translation>
  </message>
  <message>
   <source>Quiet mode</source>
   <translation>Stiller Modus</translation>
  </message>
  <message>
   <source>Write instead of speaking, or speak again.</source>
   <translation>Schreibt, statt zu sprechen, oder spricht wieder.</translation>
  </message>
  <message>
   <source>Answer whatever is said</source>
   <translation>Auf alles antworten</translation>
  </message>
  <message>
   <source>Take all that is said as said to Aside, or only what is.</source>
   <translation>Alles Gesagte als an Aside gerichtet nehmen, oder nur, was an Aside gerichtet ist.</translation>
  </message>
  <message>
   <source>Pause everything</source>
   <translation>Alles anhalten</translation>
  </message>
  <message>
   <source>Hear, see and say nothing until you go on.</source>
   <translation>Hört, sieht und sagt nichts, bis es weitergeht.</translation>
  </message>
  <message>
   <source>Stop everything at once</source>
   <translation>Alles sofort stoppen</translation>
  </message>
  <message>
   <source>Stop all capture, all tools and the voice, now.</source>
   <translation>Stoppt jede Aufnahme, alle Werkzeuge und die Stimme, sofort.</translation>
  </message>
  <message>
   <source>Share the screen</source>
   <translation>Bildschirm zeigen</translation>
  </message>
  <message>
   <source>Show Aside the whole screen, or stop.</source>
   <translation>Zeigt Aside den ganzen Bildschirm oder hört damit auf.</translation>
  </message>
  <message>
   <source>Pictures are switched off in the settings, under Eyes.</source>
   <translation>Bilder sind in den Einstellungen unter Augen ausgeschaltet.</translation>
  </message>
  <message>
   <source>The screen cannot be shared: nothing here can capture it.</source>
   <translation>Der Bildschirm kann nicht gezeigt werden: nichts hier kann ihn aufnehmen.</translation>
  </message>
  <message>
   <source>Share a monitor</source>
   <translation>Einen Monitor zeigen</translation>
  </message>
  <message>
   <source>Show Aside one monitor, or stop.</source>
   <translation>Aside einen Monitor zeigen, oder damit aufhören.</translation>
  </message>
  <message>
   <source>Share a region</source>
   <translation>Bereich zeigen</translation>
  </message>
  <message>
   <source>Show Aside a part of the screen, or stop.</source>
   <translation>Zeigt Aside einen Teil des Bildschirms oder hört damit auf.</translation>
  </message>
  <message>
   <source>Share a window</source>
   <translation>Fenster zeigen</translation>
  </message>
  <message>
   <source>Show Aside one window, or stop.</source>
   <translation>Zeigt Aside ein Fenster oder hört damit auf.</translation>
  </message>
  <message>
   <source>Camera</source>
   <translation>Kamera</translation>
  </message>
  <message>
   <source>Switch the camera on or off.</source>
   <translation>Schaltet die Kamera ein oder aus.</translation>
  </message>
  <message>
   <source>The camera cannot be switched on: nothing here can capture it.</source>
   <translation>Die Kamera lässt sich nicht einschalten: nichts hier kann sie aufnehmen.</translation>
  </message>
  <message>
   <source>Type to Aside</source>
   <translation>Aside schreiben</translation>
  </message>
  <message>
   <source>Put the cursor into the typing line.</source>
   <translation>Setzt die Schreibmarke in die Eingabezeile.</translation>
  </message>
  <message>
   <source>Show captions</source>
   <translation>Untertitel zeigen</translation>
  </message>
  <message>
   <source>Show or hide the captions.</source>
   <translation>Zeigt oder verbirgt die Untertitel.</translation>
  </message>
  <message>
   <source>Caption bar</source>
   <translation>Untertitelleiste</translation>
  </message>
  <message>
   <source>Show or hide the captions over every program.</source>
   <translation>Die Untertitel über allen Programmen zeigen oder verbergen.</translation>
  </message>
  <message>
   <source>Contrast of the caption bar</source>
   <translation>Kontrast der Untertitelleiste</translation>
  </message>
  <message>
   <source>Give the caption bar a stronger ground, or a clear one again.</source>
   <translation>Der Untertitelleiste einen kräftigeren Grund geben, oder wieder einen klaren.</translation>
  </message>
  <message>
   <source>Copy the last answer</source>
   <translation>Letzte Antwort kopieren</translation>
  </message>
  <message>
   <source>Put Aside's last words on the clipboard.</source>
   <translation>Legt Asides letzte Worte in die Zwischenablage.</translation>
  </message>
  <message>
   <source>There is no answer to copy yet.</source>
   <translation>Es gibt noch keine Antwort zum Kopieren.</translation>
  </message>
  <message>
   <source>Search the history</source>
   <translation>Verlauf durchsuchen</translation>
  </message>
  <message>
   <source>Find what was said before.</source>
   <translation>Findet, was früher gesagt wurde.</translation>
  </message>
  <message>
   <source>There is no history to search: it is not kept here.</source>
   <translation>Es gibt keinen Verlauf zum Durchsuchen: hier wird keiner aufbewahrt.</translation>
  </message>
  <message>
   <source>Larger captions</source>
   <translation>Größere Untertitel</translation>
  </message>
  <message>
   <source>Make the captions larger.</source>
   <translation>Macht die Untertitel größer.</translation>
  </message>
  <message>
   <source>Smaller captions</source>
   <translation>Kleinere Untertitel</translation>
  </message>
  <message>
   <source>Make the captions smaller.</source>
   <translation>Macht die Untertitel kleiner.</translation>
  </message>
  <message>
   <source>Show or hide the window</source>
   <translation>Fenster zeigen oder verbergen</translation>
  </message>
  <message>
   <source>Show the window, or hide it.</source>
   <translation>Zeigt das Fenster oder verbirgt es.</translation>
  </message>
  <message>
   <source>Go to the newest card</source>
   <translation>Zur neuesten Karte</translation>
  </message>
  <message>
   <source>Give the newest card the keyboard, to answer it.</source>
   <translation>Gibt der neuesten Karte die Tastatur, um sie zu beantworten.</translation>
  </message>
  <message>
   <source>No card is open.</source>
   <translation>Keine Karte ist offen.</translation>
  </message>
  <message>
   <source>Devices</source>
   <translation>Geräte</translation>
  </message>
  <message>
   <source>Choose microphone and speaker.</source>
   <translation>Wählt Mikrofon und Lautsprecher.</translation>
  </message>
  <message>
   <source>Echo cancellation</source>
   <translation>Echounterdrückung</translation>
  </message>
  <message>
   <source>Switch echo cancellation on or off.</source>
   <translation>Schaltet die Echounterdrückung ein oder aus.</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Open the settings.</source>
   <translation>Öffnet die Einstellungen.</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>Tasten</translation>
  </message>
  <message>
   <source>Show every key.</source>
   <translation>Zeigt alle Tasten.</translation>
  </message>
  <message>
   <source>What Aside did</source>
   <translation>Was Aside getan hat</translation>
  </message>
  <message>
   <source>See all that Aside did or wanted to do, and take it back.</source>
   <translation>Zeigt alles, was Aside getan hat oder tun wollte, und nimmt es zurück.</translation>
  </message>
  <message>
   <source>There is no log of what was done: Aside has no tools here.</source>
   <translation>Es gibt kein Protokoll: Aside hat hier keine Werkzeuge.</translation>
  </message>
  <message>
   <source>Guide</source>
   <translation>Einführung</translation>
  </message>
  <message>
   <source>Go through the first steps again.</source>
   <translation>Geht die ersten Schritte noch einmal durch.</translation>
  </message>
  <message>
   <source>Read the settings again</source>
   <translation>Einstellungen neu lesen</translation>
  </message>
  <message>
   <source>Take over settings changed elsewhere.</source>
   <translation>Übernimmt Einstellungen, die anderswo geändert wurden.</translation>
  </message>
  <message>
   <source>Free the model's memory</source>
   <translation>Speicher des Modells freigeben</translation>
  </message>
  <message>
   <source>Let the engine go, or start it again.</source>
   <translation>Die Engine beenden, oder wieder starten.</translation>
  </message>
  <message>
   <source>The model runs elsewhere: it has no memory here.</source>
   <translation>Das Modell läuft anderswo: hier belegt es keinen Speicher.</translation>
  </message>
  <message>
   <source>Start the engine again</source>
   <translation>Engine neu starten</translation>
  </message>
  <message>
   <source>Try again with an engine that failed.</source>
   <translation>Versucht es noch einmal mit einer Engine, die ausgefallen ist.</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>End Aside.</source>
   <translation>Beendet Aside.</translation>
  </message>
  <message>
   <source>Say "Aside, …", or type below.</source>
   <translation>Sag „Aside, …“, oder schreib unten.</translation>
  </message>
  <message>
   <source>Say something, or type below.</source>
   <translation>Sag etwas, oder schreib unten.</translation>
  </message>
  <message>
   <source>Type below.</source>
   <translation>Schreib unten.</translation>
  </message>
  <message>
   <source>Sound</source>
   <translation>Ton</translation>
  </message>
  <message>
   <source>Microphone</source>
   <translation>Mikrofon</translation>
  </message>
  <message>
   <source>Speaker</source>
   <translation>Lautsprecher</translation>
  </message>
  <message>
   <source>Takes Aside's own voice out of what the microphone hears. Off only with headphones.</source>
   <translation>Nimmt Asides eigene Stimme aus dem heraus, was das Mikrofon hört. Nur mit Kopfhörern ausschalten.</translation>
  </message>
  <message>
   <source>Noise suppression</source>
   <translation>Rauschunterdrückung</translation>
  </message>
  <message>
   <source>Takes steady noise out of the microphone's sound, and a little of the voices with it.</source>
   <translation>Nimmt gleichmäßiges Rauschen aus dem Ton des Mikrofons, und ein wenig von den Stimmen mit.</translation>
  </message>
  <message>
   <source>Automatic gain</source>
   <translation>Automatische Verstärkung</translation>
  </message>
  <message>
   <source>Makes a quiet microphone louder.</source>
   <translation>Macht ein leises Mikrofon lauter.</translation>
  </message>
  <message>
   <source>Calls and films, from the speaker above. It stays on until you switch it off.</source>
   <translation>Anrufe und Filme, vom Lautsprecher oben. Es bleibt an, bis du es ausschaltest.</translation>
  </message>
  <message>
   <source>Short sounds</source>
   <translation>Kurze Klänge</translation>
  </message>
  <message>
   <source>When it listens or stops listening, needs you, lost something, or is done after a while.</source>
   <translation>Wenn es zuhört oder nicht mehr zuhört, dich braucht, etwas verloren hat oder nach einer Weile fertig ist.</translation>
  </message>
  <message>
   <source>Start with the microphone closed</source>
   <translation>Mit geschlossenem Mikrofon beginnen</translation>
  </message>
  <message>
   <source>For push to talk: it opens while you hold the key, and closes again.</source>
   <translation>Für Sprechen auf Tastendruck: Es öffnet sich, solange du die Taste hältst, und schließt sich wieder.</translation>
  </message>
  <message>
   <source>Longest push to talk</source>
   <translation>Längstes Halten zum Sprechen</translation>
  </message>
  <message>
   <source>A key that is stuck lets go after this time.</source>
   <translation>Eine Taste, die klemmt, gilt nach dieser Zeit als losgelassen.</translation>
  </message>
  <message>
   <source>seconds</source>
   <translation>Sekunden</translation>
  </message>
  <message>
   <source>Voice</source>
   <translation>Stimme</translation>
  </message>
  <message>
   <source>Mode</source>
   <translation>Modus</translation>
  </message>
  <message>
   <source>Listens and speaks</source>
   <translation>Hört zu und spricht</translation>
  </message>
  <message>
   <source>Quiet: writes instead of speaking</source>
   <translation>Still: schreibt, statt zu sprechen</translation>
  </message>
  <message>
   <source>Typed only: microphone closed, answers written</source>
   <translation>Nur schreiben: Mikrofon geschlossen, Antworten geschrieben</translation>
  </message>
  <message>
   <source>Captions only: shows the words of both sides, nothing else</source>
   <translation>Nur Untertitel: zeigt die Worte beider Seiten, sonst nichts</translation>
  </message>
  <message>
   <source>Answer</source>
   <translation>Antworten</translation>
  </message>
  <message>
   <source>Said to it is what begins with its name, what you say with the key to talk held, and what follows its own words.</source>
   <translation>An Aside gerichtet ist, was mit seinem Namen beginnt, was du bei gehaltener Sprechtaste sagst, und was auf seine eigenen Worte folgt.</translation>
  </message>
  <message>
   <source>What is said to it</source>
   <translation>Auf das, was an Aside gerichtet ist</translation>
  </message>
  <message>
   <source>Whatever is said</source>
   <translation>Auf alles, was gesagt wird</translation>
  </message>
  <message>
   <source>May speak unprompted</source>
   <translation>Darf ungefragt sprechen</translation>
  </message>
  <message>
   <source>Beyond this, what it says of its own accord is written and not spoken.</source>
   <translation>Was es darüber hinaus von sich aus sagt, wird geschrieben und nicht gesprochen.</translation>
  </message>
  <message>
   <source>As often as it sees fit</source>
   <translation>So oft es will</translation>
  </message>
  <message>
   <source>30 times an hour</source>
   <translation>30-mal in der Stunde</translation>
  </message>
  <message>
   <source>12 times an hour</source>
   <translation>12-mal in der Stunde</translation>
  </message>
  <message>
   <source>6 times an hour</source>
   <translation>6-mal in der Stunde</translation>
  </message>
  <message>
   <source>twice an hour</source>
   <translation>zweimal in der Stunde</translation>
  </message>
  <message>
   <source>never</source>
   <translation>nie</translation>
  </message>
  <message>
   <source>Captions</source>
   <translation>Untertitel</translation>
  </message>
  <message>
   <source>Size of the words</source>
   <translation>Schriftgröße</translation>
  </message>
  <message>
   <source>pixels</source>
   <translation>Pixel</translation>
  </message>
  <message>
   <source>The words of both sides over every program. Hold Ctrl+Alt over it to move it.</source>
   <translation>Die Worte beider Seiten über allen Programmen. Halten Sie Strg+Alt über ihr, um sie zu verschieben.</translation>
  </message>
  <message>
   <source>Bubble for what it says unprompted</source>
   <translation>Blase für ungefragt Gesagtes</translation>
  </message>
  <message>
   <source>Comes up beside what it is about, and goes by itself.</source>
   <translation>Erscheint neben dem, worum es geht, und verschwindet von selbst.</translation>
  </message>
  <message>
   <source>Eyes</source>
   <translation>Augen</translation>
  </message>
  <message>
   <source>Private windows</source>
   <translation>Private Fenster</translation>
  </message>
  <message>
   <source>Never seen: windows with such a title or program. * stands for anything; a semicolon goes between two.</source>
   <translation>Nie zu sehen: Fenster mit solchem Titel oder Programm. * steht für alles; zwischen zwei gehört ein Semikolon.</translation>
  </message>
  <message>
   <source>Pictures of camera and screen</source>
   <translation>Bilder von Kamera und Bildschirm</translation>
  </message>
  <message>
   <source>The speed test chooses this; change it as you like.</source>
   <translation>Das wählt der Geschwindigkeitstest; ändere es, wie du magst.</translation>
  </message>
  <message>
   <source>As often as the model takes them</source>
   <translation>So oft das Modell sie nimmt</translation>
  </message>
  <message>
   <source>Half as often: saves computing</source>
   <translation>Halb so oft: spart Rechenzeit</translation>
  </message>
  <message>
   <source>No pictures: this machine is too slow for them</source>
   <translation>Keine Bilder: dieser Rechner ist zu langsam dafür</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Modell</translation>
  </message>
  <message>
   <source>When Aside is not used</source>
   <translation>Wenn Aside nicht gebraucht wird</translation>
  </message>
  <message>
   <source>Freed, it hears and sees nothing until you type or hold the talk key; then it goes on.</source>
   <translation>Ist er frei, hört und sieht es nichts, bis du tippst oder die Sprechtaste hältst; dann geht es weiter.</translation>
  </message>
  <message>
   <source>Keep the model loaded</source>
   <translation>Das Modell geladen lassen</translation>
  </message>
  <message>
   <source>Free its memory until it is needed</source>
   <translation>Seinen Speicher freigeben, bis es gebraucht wird</translation>
  </message>
  <message>
   <source>Not used means</source>
   <translation>Nicht gebraucht heißt</translation>
  </message>
  <message>
   <source>So long without a word, and with nothing shared.</source>
   <translation>So lange kein Wort, und nichts wird geteilt.</translation>
  </message>
  <message>
   <source>minutes</source>
   <translation>Minuten</translation>
  </message>
  <message>
   <source>History</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <source>Keep a history</source>
   <translation>Einen Verlauf behalten</translation>
  </message>
  <message>
   <source>The words of both sides and what was done, on this machine alone.</source>
   <translation>Die Worte beider Seiten und was getan wurde, nur auf diesem Rechner.</translation>
  </message>
  <message>
   <source>For how long</source>
   <translation>Wie lange</translation>
  </message>
  <message>
   <source>0: until you delete it.</source>
   <translation>0: bis du ihn löschst.</translation>
  </message>
  <message>
   <source>days</source>
   <translation>Tage</translation>
  </message>
  <message>
   <source>no limit</source>
   <translation>unbegrenzt</translation>
  </message>
  <message>
   <source>Keep the sound</source>
   <translation>Den Ton behalten</translation>
  </message>
  <message>
   <source>Both voices, and what the computer played while Aside heard it.</source>
   <translation>Beide Stimmen, und was der Computer spielte, während Aside es hörte.</translation>
  </message>
  <message>
   <source>Keep pictures</source>
   <translation>Bilder behalten</translation>
  </message>
  <message>
   <source>A small one of what you share, every half minute.</source>
   <translation>Ein kleines von dem, was du teilst, jede halbe Minute.</translation>
  </message>
  <message>
   <source>Encrypt a new history</source>
   <translation>Einen neuen Verlauf verschlüsseln</translation>
  </message>
  <message>
   <source>Where the system has a key store.</source>
   <translation>Wo das System einen Schlüsselspeicher hat.</translation>
  </message>
  <message>
   <source>Looks</source>
   <translation>Aussehen</translation>
  </message>
  <message>
   <source>Colours</source>
   <translation>Farben</translation>
  </message>
  <message>
   <source>As the system</source>
   <translation>Wie das System</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Contrast</source>
   <translation>Kontrast</translation>
  </message>
  <message>
   <source>Normal</source>
   <translation>Normal</translation>
  </message>
  <message>
   <source>High</source>
   <translation>Hoch</translation>
  </message>
  <message>
   <source>Motion</source>
   <translation>Bewegung</translation>
  </message>
  <message>
   <source>Full</source>
   <translation>Voll</translation>
  </message>
  <message>
   <source>Reduced: nothing glides, fades or pulses</source>
   <translation>Vermindert: nichts gleitet, blendet oder pulsiert</translation>
  </message>
  <message>
   <source>Language of the windows</source>
   <translation>Sprache der Fenster</translation>
  </message>
  <message>
   <source>Takes effect at the next start.</source>
   <translation>Gilt ab dem nächsten Start.</translation>
  </message>
  <message>
   <source>English</source>
   <translation>English</translation>
  </message>
  <message>
   <source>Español</source>
   <translation>Español</translation>
  </message>
  <message>
   <source>Deutsch</source>
   <translation>Deutsch</translation>
  </message>
  <message>
   <source>中文</source>
   <translation>中文</translation>
  </message>
  <message>
   <source>Keys work in every program</source>
   <translation>Tasten gelten in jedem Programm</translation>
  </message>
  <message>
   <source>Off, they work in Aside's own windows alone.</source>
   <translation>Ausgeschaltet gelten sie nur in Asides eigenen Fenstern.</translation>
  </message>
  <message>
   <source>Starting</source>
   <translation>Startet</translation>
  </message>
  <message>
   <source>Listening</source>
   <translation>Hört zu</translation>
  </message>
  <message>
   <source>Quiet</source>
   <translation>Still</translation>
  </message>
  <message>
   <source>Speaking</source>
   <translation>Spricht</translation>
  </message>
  <message>
   <source>Writing</source>
   <translation>Schreibt</translation>
  </message>
  <message>
   <source>Delayed</source>
   <translation>Verspätet</translation>
  </message>
  <message>
   <source>Muted</source>
   <translation>Stumm</translation>
  </message>
  <message>
   <source>Paused</source>
   <translation>Angehalten</translation>
  </message>
  <message>
   <source>No microphone: type to me</source>
   <translation>Kein Mikrofon: schreib mir</translation>
  </message>
  <message>
   <source>Engine restarting</source>
   <translation>Engine startet neu</translation>
  </message>
  <message>
   <source>The engine does not start</source>
   <translation>Die Engine startet nicht</translation>
  </message>
  <message>
   <source>Resting</source>
   <translation>Ruht</translation>
  </message>
  <message>
   <source>Say: "Aside, remind me every five seconds until I ask you to stop." Your words appear as you speak.</source>
   <translation>Sag auf Englisch: „Aside, remind me every five seconds until I ask you to stop.“ Deine Worte erscheinen, während du sprichst.</translation>
  </message>
  <message>
   <source>Wait. It keeps the time by itself and speaks up when it is due.</source>
   <translation>Warte. Es hält die Zeit von selbst und meldet sich, wenn es so weit ist.</translation>
  </message>
  <message>
   <source>Type something into its line ({keys}). It reads that just as well.</source>
   <translation>Schreib etwas in seine Zeile ({keys}). Das liest es genauso gut.</translation>
  </message>
  <message>
   <source>Mute the microphone, and open it again ({keys}).</source>
   <translation>Schalte das Mikrofon stumm und öffne es wieder ({keys}).</translation>
  </message>
  <message>
   <source>Switch to quiet mode ({keys}): now it writes instead of speaking. The same again, and it speaks.</source>
   <translation>Wechsle in den stillen Modus ({keys}): Jetzt schreibt es, statt zu sprechen. Dasselbe noch einmal, und es spricht.</translation>
  </message>
  <message>
   <source>No</source>
   <translation>Nein</translation>
  </message>
  <message>
   <source>Allow once</source>
   <translation>Einmal erlauben</translation>
  </message>
  <message>
   <source>This session</source>
   <translation>Diese Sitzung</translation>
  </message>
  <message>
   <source>Always</source>
   <translation>Immer</translation>
  </message>
  <message>
   <source>Never ask, never do</source>
   <translation>Nie fragen, nie tun</translation>
  </message>
  <message>
   <source>only looks</source>
   <translation>sieht nur nach</translation>
  </message>
  <message>
   <source>can be taken back</source>
   <translation>lässt sich zurücknehmen</translation>
  </message>
  <message>
   <source>leaves this computer</source>
   <translation>verlässt diesen Computer</translation>
  </message>
  <message>
   <source>cannot be taken back</source>
   <translation>lässt sich nicht zurücknehmen</translation>
  </message>
  <message>
   <source>When</source>
   <translation>Wann</translation>
  </message>
  <message>
   <source>Tool</source>
   <translation>Werkzeug</translation>
  </message>
  <message>
   <source>Allowed</source>
   <translation>Erlaubt</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Stand</translation>
  </message>
  <message>
   <source>Outcome</source>
   <translation>Ergebnis</translation>
  </message>
  <message>
   <source>Arguments</source>
   <translation>Angaben</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Zurücknehmen</translation>
  </message>
  <message>
   <source>Search what was done</source>
   <translation>Im Getanen suchen</translation>
  </message>
  <message>
   <source>Nothing was done yet. What Aside does, or is not allowed to, will stand here.</source>
   <translation>Noch wurde nichts getan. Was Aside tut oder nicht darf, steht dann hier.</translation>
  </message>
  <message>
   <source>All that stands in it is gone for good, and nothing of it can be undone any more.</source>
   <translation>Was darin steht, ist dann für immer weg, und nichts davon lässt sich mehr zurücknehmen.</translation>
  </message>
  <message>
   <source>Empty the log…</source>
   <translation>Das Protokoll leeren …</translation>
  </message>
  <message>
   <source>Everything stays on this computer.</source>
   <translation>Alles bleibt auf diesem Computer.</translation>
  </message>
  <message>
   <source>Nothing was found.</source>
   <translation>Nichts gefunden.</translation>
  </message>
  <message>
   <source>Empty the log of what Aside did?</source>
   <translation>Das Protokoll dessen leeren, was Aside getan hat?</translation>
  </message>
  <message>
   <source>Empty the log</source>
   <translation>Das Protokoll leeren</translation>
  </message>
  <message>
   <source>The log is empty.</source>
   <translation>Das Protokoll ist leer.</translation>
  </message>
  <message>
   <source>{count} older ones: search for them.</source>
   <translation>{count} ältere: such nach ihnen.</translation>
  </message>
  <message>
   <source>The log was not emptied.</source>
   <translation>Das Protokoll wurde nicht geleert.</translation>
  </message>
  <message>
   <source>It could not be taken back.</source>
   <translation>Es ließ sich nicht zurücknehmen.</translation>
  </message>
  <message>
   <source>Revoke one, and Aside asks again. Allowing is done on the card that asks.</source>
   <translation>Widerrufst du etwas, fragt Aside wieder. Erlaubt wird auf der Karte, die fragt.</translation>
  </message>
  <message>
   <source>Aside asks before it does anything. What you allow or refuse for longer than once stands here.</source>
   <translation>Aside fragt, bevor es etwas tut. Was du für länger als einmal erlaubst oder ablehnst, steht hier.</translation>
  </message>
  <message>
   <source>Revoke</source>
   <translation>Widerrufen</translation>
  </message>
  <message>
   <source>Permissions</source>
   <translation>Berechtigungen</translation>
  </message>
  <message>
   <source>Allowed: {what}</source>
   <translation>Erlaubt: {what}</translation>
  </message>
  <message>
   <source>Never: {what}</source>
   <translation>Nie: {what}</translation>
  </message>
  <message>
   <source>always, since {day}</source>
   <translation>immer, seit {day}</translation>
  </message>
  <message>
   <source>this session, since {day}</source>
   <translation>diese Sitzung, seit {day}</translation>
  </message>
  <message>
   <source>Revoked: Aside asks again.</source>
   <translation>Widerrufen: Aside fragt wieder.</translation>
  </message>
  <message>
   <source>It was not revoked.</source>
   <translation>Es wurde nicht widerrufen.</translation>
  </message>
  <message>
   <source>begun; how it ended is not known</source>
   <translation>begonnen; wie es ausging, ist nicht bekannt</translation>
  </message>
  <message>
   <source>done</source>
   <translation>erledigt</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>fehlgeschlagen</translation>
  </message>
  <message>
   <source>not allowed</source>
   <translation>nicht erlaubt</translation>
  </message>
  <message>
   <source>broken off</source>
   <translation>abgebrochen</translation>
  </message>
  <message>
   <source>taken back</source>
   <translation>zurückgenommen</translation>
  </message>
  <message>
   <source>Pages</source>
   <translation>Seiten</translation>
  </message>
  <message>
   <source>Log</source>
   <translation>Protokoll</translation>
  </message>
  <message>
   <source>{wanted} is not there: using {used} until it returns.</source>
   <translation>{wanted} ist nicht da: {used} wird benutzt, bis es wiederkommt.</translation>
  </message>
  <message>
   <source>No camera: plug one in, and it is used by itself.</source>
   <translation>Keine Kamera: Schließ eine an, dann wird sie von selbst benutzt.</translation>
  </message>
  <message>
   <source>{name} was unplugged.</source>
   <translation>{name} wurde abgezogen.</translation>
  </message>
  <message>
   <source>Pictures are switched off in the settings.</source>
   <translation>Bilder sind in den Einstellungen ausgeschaltet.</translation>
  </message>
  <message>
   <source>cameras of the system</source>
   <translation>Kameras des Systems</translation>
  </message>
  <message>
   <source>Install the packages: pip install av opencv-python-headless</source>
   <translation>Installiere die Pakete: pip install av opencv-python-headless</translation>
  </message>
  <message>
   <source>{name} gives no pictures: {hint}</source>
   <translation>{name} liefert keine Bilder: {hint}</translation>
  </message>
  <message>
   <source>close the program that uses it, and see Settings, Privacy, Camera.</source>
   <translation>Schließ das Programm, das sie benutzt, und sieh unter Einstellungen, Datenschutz, Kamera nach.</translation>
  </message>
  <message>
   <source>allow Aside in System Settings, Privacy &amp; Security, Camera.</source>
   <translation>Erlaube Aside unter Systemeinstellungen, Datenschutz &amp; Sicherheit, Kamera.</translation>
  </message>
  <message>
   <source>the desktop's portal</source>
   <translation>Portal des Desktops</translation>
  </message>
  <message>
   <source>Install GStreamer with its PipeWire part, for example: sudo apt install gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-pipewire</source>
   <translation>Installiere GStreamer mit seinem PipeWire-Teil, zum Beispiel: sudo apt install gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-pipewire</translation>
  </message>
  <message>
   <source>This desktop's portal cannot share windows ({method}).</source>
   <translation>Das Portal dieses Desktops kann keine Fenster teilen ({method}).</translation>
  </message>
  <message>
   <source>This desktop's portal cannot share windows.</source>
   <translation>Das Portal dieses Desktops kann keine Fenster freigeben.</translation>
  </message>
  <message>
   <source>The desktop's portal does not answer ({method}).</source>
   <translation>Das Portal des Desktops antwortet nicht ({method}).</translation>
  </message>
  <message>
   <source>No window was chosen: nothing is shared.</source>
   <translation>Kein Fenster gewählt: Nichts wird geteilt.</translation>
  </message>
  <message>
   <source>The shared window was closed: share another.</source>
   <translation>Das geteilte Fenster wurde geschlossen: Teile ein anderes.</translation>
  </message>
  <message>
   <source>The desktop's portal does not answer.</source>
   <translation>Das Portal des Desktops antwortet nicht.</translation>
  </message>
  <message>
   <source>The desktop's portal cannot be reached.</source>
   <translation>Das Portal des Desktops ist nicht erreichbar.</translation>
  </message>
  <message>
   <source>The desktop's dialog was not answered.</source>
   <translation>Der Dialog des Desktops wurde nicht beantwortet.</translation>
  </message>
  <message>
   <source>Install the packages: pip install mss pyobjc-framework-Quartz</source>
   <translation>Installiere die Pakete: pip install mss pyobjc-framework-Quartz</translation>
  </message>
  <message>
   <source>macOS does not let Aside see the screen: allow it in System Settings, Privacy &amp; Security, Screen Recording, and start Aside again.</source>
   <translation>macOS lässt Aside den Bildschirm nicht sehen: Erlaube es unter Systemeinstellungen, Datenschutz &amp; Sicherheit, Bildschirmaufnahme, und starte Aside neu.</translation>
  </message>
  <message>
   <source>{system} does not show its screen: {error}</source>
   <translation>{system} zeigt seinen Bildschirm nicht: {error}</translation>
  </message>
  <message>
   <source>{path}: this tape has no pictures of the {source}.</source>
   <translation>{path}: Diese Aufnahme hat keine Bilder ({source}).</translation>
  </message>
  <message>
   <source>{path}: a picture of the tape is missing or broken.</source>
   <translation>{path}: Ein Bild der Aufnahme fehlt oder ist kaputt.</translation>
  </message>
  <message>
   <source>{path}: no tape of a session that can be read ({error}).</source>
   <translation>{path}: keine lesbare Aufnahme einer Sitzung ({error}).</translation>
  </message>
  <message>
   <source>recording</source>
   <translation>Aufnahme</translation>
  </message>
  <message>
   <source>{path}: no such recording. Check the name and the folder.</source>
   <translation>{path}: Diese Aufnahme gibt es nicht. Prüfe Name und Ordner.</translation>
  </message>
  <message>
   <source>{path}: no pictures can be read from it. Give a video file.</source>
   <translation>{path}: Daraus lassen sich keine Bilder lesen. Gib eine Videodatei an.</translation>
  </message>
  <message>
   <source>{path}: not one picture can be decoded. Convert it again.</source>
   <translation>{path}: Kein einziges Bild lässt sich dekodieren. Wandle es neu um.</translation>
  </message>
  <message>
   <source>recording {name}</source>
   <translation>Aufnahme {name}</translation>
  </message>
  <message>
   <source>Nothing to install: Linux brings it.</source>
   <translation>Nichts zu installieren: Linux bringt es mit.</translation>
  </message>
  <message>
   <source>{name} gives no pictures: unplug it and plug it in again.</source>
   <translation>{name} liefert keine Bilder: Zieh sie ab und schließ sie wieder an.</translation>
  </message>
  <message>
   <source>{name} is in use by {users}: close it there, and it is taken by itself.</source>
   <translation>{name} wird von {users} benutzt: Schließ sie dort, dann wird sie von selbst genommen.</translation>
  </message>
  <message>
   <source>{name} may not be opened: add yourself to the group that owns {file} (often: sudo usermod -aG video $USER), and log in again.</source>
   <translation>{name} darf nicht geöffnet werden: Nimm dich in die Gruppe auf, der {file} gehört (oft: sudo usermod -aG video $USER), und melde dich neu an.</translation>
  </message>
  <message>
   <source>{name} gives no more pictures: is it unplugged?</source>
   <translation>{name} liefert keine Bilder mehr: Ist sie abgezogen?</translation>
  </message>
  <message>
   <source>{name} gave a broken picture.</source>
   <translation>{name} hat ein kaputtes Bild geliefert.</translation>
  </message>
  <message>
   <source>Install the package mss: pip install mss</source>
   <translation>Installiere das Paket mss: pip install mss</translation>
  </message>
  <message>
   <source>Windows does not list its windows.</source>
   <translation>Windows nennt seine Fenster nicht.</translation>
  </message>
  <message>
   <source>Install the packages mss and python-xlib: pip install mss python-xlib</source>
   <translation>Installiere die Pakete mss und python-xlib: pip install mss python-xlib</translation>
  </message>
  <message>
   <source>The X server does not let its screen be seen: {error}</source>
   <translation>Der X-Server lässt seinen Bildschirm nicht sehen: {error}</translation>
  </message>
  <message>
   <source>The X server does not answer: {error}</source>
   <translation>Der X-Server antwortet nicht: {error}</translation>
  </message>
  <message>
   <source>{what} failed ({error}); it is tried again.</source>
   <translation>{what} ist ausgefallen ({error}); es wird wieder versucht.</translation>
  </message>
  <message>
   <source>It cannot be opened ({error}); it is tried again.</source>
   <translation>Das lässt sich nicht öffnen ({error}); es wird wieder versucht.</translation>
  </message>
  <message>
   <source>No {what} can be seen on this kind of desktop.</source>
   <translation>Auf dieser Art Desktop ist nicht zu sehen: {what}.</translation>
  </message>
  <message>
   <source>camera</source>
   <translation>Kamera</translation>
  </message>
  <message>
   <source>On Wayland only a window can be shared: nobody tells Aside where windows are, so private ones could not be left out of a whole screen.</source>
   <translation>Unter Wayland lässt sich nur ein Fenster teilen: Niemand sagt Aside, wo Fenster sind, also ließen sich private auf einem ganzen Bildschirm nicht auslassen.</translation>
  </message>
  <message>
   <source>No {what} through {back_end} yet.</source>
   <translation>{what} über {back_end}: noch nicht möglich.</translation>
  </message>
  <message>
   <source>screen</source>
   <translation>Bildschirm</translation>
  </message>
  <message>
   <source>window</source>
   <translation>Fenster</translation>
  </message>
  <message>
   <source>the whole screen</source>
   <translation>der ganze Bildschirm</translation>
  </message>
  <message>
   <source>a region of the screen</source>
   <translation>ein Ausschnitt des Bildschirms</translation>
  </message>
  <message>
   <source>one window</source>
   <translation>ein Fenster</translation>
  </message>
  <message>
   <source>monitor {name}</source>
   <translation>Monitor {name}</translation>
  </message>
  <message>
   <source>the window “{title}”</source>
   <translation>das Fenster „{title}“</translation>
  </message>
  <message>
   <source>{area} is closed or hidden: show it, or share another.</source>
   <translation>Nicht mehr zu sehen: {area}. Zeig es wieder oder teile ein anderes.</translation>
  </message>
  <message>
   <source>{area} is on your list of private windows.</source>
   <translation>Auf deiner Liste privater Fenster: {area}.</translation>
  </message>
  <message>
   <source>There is no monitor.</source>
   <translation>Es gibt keinen Monitor.</translation>
  </message>
  <message>
   <source>Nothing of the screen is shown, for private windows cannot be told: {error}</source>
   <translation>Vom Bildschirm wird nichts gezeigt, denn private Fenster sind nicht zu erkennen: {error}</translation>
  </message>
  <message>
   <source>There is no monitor {name}; there are: {there}.</source>
   <translation>Den Monitor {name} gibt es nicht; vorhanden sind: {there}.</translation>
  </message>
  <message>
   <source>The region is on no monitor any more: share another.</source>
   <translation>Der Ausschnitt liegt auf keinem Monitor mehr: Teile einen anderen.</translation>
  </message>
  <message>
   <source>{area} is being moved.</source>
   <translation>Wird gerade bewegt: {area}.</translation>
  </message>
  <message>
   <source>Close this card</source>
   <translation>Karte schließen</translation>
  </message>
  <message>
   <source>A card</source>
   <translation>Eine Karte</translation>
  </message>
  <message>
   <source>{name}: from {first} to {last}, least {least}, most {most}</source>
   <translation>{name}: von {first} bis {last}, mindestens {least}, höchstens {most}</translation>
  </message>
  <message>
   <source>Chart</source>
   <translation>Diagramm</translation>
  </message>
  <message>
   <source>to do</source>
   <translation>zu tun</translation>
  </message>
  <message>
   <source>being done</source>
   <translation>in Arbeit</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>Schritte</translation>
  </message>
  <message>
   <source>Still missing: {names}</source>
   <translation>Es fehlt noch: {names}</translation>
  </message>
  <message>
   <source>a number</source>
   <translation>eine Zahl</translation>
  </message>
  <message>
   <source>year-month-day</source>
   <translation>Jahr-Monat-Tag</translation>
  </message>
  <message>
   <source>Choose</source>
   <translation>Wählen</translation>
  </message>
  <message>
   <source>{name} (needed)</source>
   <translation>{name} (nötig)</translation>
  </message>
  <message>
   <source>Table</source>
   <translation>Tabelle</translation>
  </message>
  <message>
   <source>Code</source>
   <translation>Code</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Fortschritt</translation>
  </message>
  <message>
   <source>(A picture that cannot be shown: {alt})</source>
   <translation>(Ein Bild, das sich nicht zeigen lässt: {alt})</translation>
  </message>
  <message>
   <source>This model does not see: pictures go to the background model alone, if you have chosen one.</source>
   <translation>Dieses Modell sieht nicht: Bilder gehen nur an das Hintergrundmodell, wenn du eines gewählt hast.</translation>
  </message>
  <message>
   <source>Add yourself to the group that owns {device} (often: sudo usermod -aG video $USER), and log in again.</source>
   <translation>Nimm dich in die Gruppe auf, der {device} gehört (oft: sudo usermod -aG video $USER), und melde dich neu an.</translation>
  </message>
  <message>
   <source>Install the portal of your desktop, for example xdg-desktop-portal-gnome or xdg-desktop-portal-kde, and log in again.</source>
   <translation>Installiere das Portal deines Desktops, zum Beispiel xdg-desktop-portal-gnome oder xdg-desktop-portal-kde, und melde dich neu an.</translation>
  </message>
  <message>
   <source>Bind keys of your desktop to commands such as: aside do mute</source>
   <translation>Lege Tasten deines Desktops auf Befehle wie: aside do mute</translation>
  </message>
  <message>
   <source>There is no key store here to keep its key in. To keep none: Settings, History, or aside history keep none</source>
   <translation>Hier gibt es keinen Schlüsselspeicher für den Schlüssel. Um nichts aufzuheben: Einstellungen, Verlauf, oder aside history keep none</translation>
  </message>
  <message>
   <source>set Aside up again: python3 run.py doctor</source>
   <translation>Richte Aside neu ein: python3 run.py doctor</translation>
  </message>
  <message>
   <source>install Aside's package again</source>
   <translation>installiere Asides Paket neu</translation>
  </message>
  <message>
   <source>no microphone on this machine</source>
   <translation>kein Mikrofon an diesem Rechner</translation>
  </message>
  <message>
   <source>no speaker on this machine</source>
   <translation>kein Lautsprecher an diesem Rechner</translation>
  </message>
  <message>
   <source>{name}, of {count} to choose from</source>
   <translation>{name}, eines von {count} zur Wahl</translation>
  </message>
  <message>
   <source>Start Aside in a desktop session, or use aside replay and aside serve.</source>
   <translation>Starte Aside in einer Desktop-Sitzung, oder benutze aside replay und aside serve.</translation>
  </message>
  <message>
   <source>{names}; private windows can be told from others</source>
   <translation>{names}; private Fenster lassen sich von anderen unterscheiden</translation>
  </message>
  <message>
   <source>windows, through the desktop's portal (version {version})</source>
   <translation>Fenster, über das Portal des Desktops (Version {version})</translation>
  </message>
  <message>
   <source>Plug one in; until then type to Aside.</source>
   <translation>Schließ eines an; bis dahin tippe.</translation>
  </message>
  <message>
   <source>Plug one in; until then read its captions.</source>
   <translation>Schließ einen an; bis dahin lies die Untertitel.</translation>
  </message>
  <message>
   <source>no window can be shown here</source>
   <translation>hier lässt sich kein Fenster zeigen</translation>
  </message>
  <message>
   <source>Plug one in to show things.</source>
   <translation>Schließ eine an, um etwas zu zeigen.</translation>
  </message>
  <message>
   <source>{names}, which may not be opened</source>
   <translation>{names}, darf nicht geöffnet werden</translation>
  </message>
  <message>
   <source>keys work in Aside's own windows alone</source>
   <translation>Tasten wirken nur in Asides eigenen Fenstern</translation>
  </message>
  <message>
   <source>{name}, runs on {back_end}</source>
   <translation>{name}, läuft auf {back_end}</translation>
  </message>
  <message>
   <source>Make room: tapes need some.</source>
   <translation>Schaff Platz: Aufnahmen brauchen ihn.</translation>
  </message>
  <message>
   <source>{room} GiB free</source>
   <translation>{room} GiB frei</translation>
  </message>
  <message>
   <source>It is set aside at the next start, and a new one begins.</source>
   <translation>Er wird beim nächsten Start beiseitegelegt, und ein neuer beginnt.</translation>
  </message>
  <message>
   <source>kept, and not encrypted</source>
   <translation>wird aufgehoben, nicht verschlüsselt</translation>
  </message>
  <message>
   <source>sound does not work: {error}</source>
   <translation>Ton geht nicht: {error}</translation>
  </message>
  <message>
   <source>no camera on this machine</source>
   <translation>keine Kamera an diesem Gerät</translation>
  </message>
  <message>
   <source>windows cannot be shared yet</source>
   <translation>Fenster können noch nicht geteilt werden</translation>
  </message>
  <message>
   <source>the desktop's portal shares no windows: {error}</source>
   <translation>das Portal des Desktops teilt keine Fenster: {error}</translation>
  </message>
  <message>
   <source>the shipped model does not load: {error}</source>
   <translation>das mitgelieferte Modell lädt nicht: {error}</translation>
  </message>
  <message>
   <source>{room} MiB free</source>
   <translation>{room} MiB frei</translation>
  </message>
  <message>
   <source>kept, and encrypted</source>
   <translation>wird aufgehoben, verschlüsselt</translation>
  </message>
  <message>
   <source>the history is damaged</source>
   <translation>der Verlauf ist beschädigt</translation>
  </message>
  <message>
   <source>no camera can be used here</source>
   <translation>hier kann keine Kamera benutzt werden</translation>
  </message>
  <message>
   <source>the screen cannot be shared</source>
   <translation>der Bildschirm kann nicht geteilt werden</translation>
  </message>
  <message>
   <source>through {name}</source>
   <translation>über {name}</translation>
  </message>
  <message>
   <source>Screen</source>
   <translation>Bildschirm</translation>
  </message>
  <message>
   <source>Hotkeys</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>Checkpoint</source>
   <translation>Modell</translation>
  </message>
  <message>
   <source>Disk</source>
   <translation>Festplatte</translation>
  </message>
  <message>
   <source>System Settings, Privacy &amp; Security, Microphone: allow Aside; start it anew.</source>
   <translation>Systemeinstellungen, Datenschutz &amp; Sicherheit, Mikrofon: Erlaube Aside und starte es neu.</translation>
  </message>
  <message>
   <source>Settings, Privacy &amp; security, Microphone: let desktop apps use it.</source>
   <translation>Einstellungen, Datenschutz und Sicherheit, Mikrofon: Lass Desktop-Apps darauf zugreifen.</translation>
  </message>
  <message>
   <source>System Settings, Privacy &amp; Security, Camera: allow Aside; start it anew.</source>
   <translation>Systemeinstellungen, Datenschutz &amp; Sicherheit, Kamera: Aside erlauben; neu starten.</translation>
  </message>
  <message>
   <source>Settings, Privacy &amp; security, Camera: let desktop apps use it.</source>
   <translation>Einstellungen, Datenschutz und Sicherheit, Kamera: Desktop-Apps erlauben.</translation>
  </message>
  <message>
   <source>System Settings, Privacy &amp; Security, Screen Recording: allow Aside, start anew.</source>
   <translation>Systemeinstellungen, Datenschutz &amp; Sicherheit, Bildschirmaufnahme: Aside erlauben, neu starten.</translation>
  </message>
  <message>
   <source>System Settings, Privacy &amp; Security, Input Monitoring: allow Aside.</source>
   <translation>Systemeinstellungen, Datenschutz &amp; Sicherheit, Eingabeüberwachung: Aside erlauben.</translation>
  </message>
  <message>
   <source>Aside would hear itself: the echo came in at {taken} dB, and {passed} dB are left. Switch echo cancellation on, turn the speaker down, or use headphones.</source>
   <translation>Aside würde sich selbst hören: Das Echo kam mit {taken} dB an, und {passed} dB sind übrig. Schalte die Echounterdrückung ein, dreh den Lautsprecher leiser oder nimm Kopfhörer.</translation>
  </message>
  <message>
   <source>The microphone did not hear the speaker. With headphones that is as it should be; if you heard no sound, turn the speaker up or choose another.</source>
   <translation>Das Mikrofon hat den Lautsprecher nicht gehört. Mit Kopfhörern ist das richtig so; wenn du keinen Ton gehört hast, dreh den Lautsprecher lauter oder wähle einen anderen.</translation>
  </message>
  <message>
   <source>Good. The echo came in at {taken} dB; {passed} dB of it are left.</source>
   <translation>Gut. Das Echo kam mit {taken} dB an; davon sind {passed} dB übrig.</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Page {number} of {count}</source>
   <translation>Seite {number} von {count}</translation>
  </message>
  <message>
   <source>not yet</source>
   <translation>noch nicht</translation>
  </message>
  <message>
   <source>These keys work in every program. Try one: its tick appears here.</source>
   <translation>Diese Tasten gelten in jedem Programm. Probier eine: Ihr Haken erscheint hier.</translation>
  </message>
  <message>
   <source>These keys work in Aside's own windows.</source>
   <translation>Diese Tasten wirken in Asides eigenen Fenstern.</translation>
  </message>
  <message>
   <source>Aside is with you while you work. It listens all the time, and mostly says nothing.</source>
   <translation>Aside ist bei dir, während du arbeitest. Es hört die ganze Zeit zu und sagt meistens nichts.</translation>
  </message>
  <message>
   <source>It hears the microphone while the bars in its window move. Muted, the microphone is closed: nothing is captured at all.</source>
   <translation>Es hört das Mikrofon, solange sich die Balken in seinem Fenster bewegen. Stumm geschaltet ist das Mikrofon zu: Nichts wird aufgenommen.</translation>
  </message>
  <message>
   <source>It sees the camera and the screen only when you share them. A light shows which; windows that are private stay unseen.</source>
   <translation>Kamera und Bildschirm sieht es nur, wenn du sie teilst. Ein Licht zeigt, was davon; private Fenster bleiben ungesehen.</translation>
  </message>
  <message>
   <source>The model runs on this machine. Nothing leaves it unless you choose another engine.</source>
   <translation>Das Modell läuft auf diesem Rechner. Nichts verlässt ihn, außer du wählst eine andere Engine.</translation>
  </message>
  <message>
   <source>Looking at this machine:</source>
   <translation>Dieser Rechner wird angesehen:</translation>
  </message>
  <message>
   <source>Look again</source>
   <translation>Noch einmal ansehen</translation>
  </message>
  <message>
   <source>The echo test plays a melody for four seconds, and listens for itself.</source>
   <translation>Der Echotest spielt vier Sekunden lang eine Melodie und hört, ob sie zurückkommt.</translation>
  </message>
  <message>
   <source>Test sound and echo</source>
   <translation>Ton und Echo prüfen</translation>
  </message>
  <message>
   <source>Be quiet for a moment.</source>
   <translation>Sei einen Moment still.</translation>
  </message>
  <message>
   <source>There is no speaker to test. Plug one in, or read the captions.</source>
   <translation>Es gibt keinen Lautsprecher zu testen. Schließ einen an, oder lies die Untertitel.</translation>
  </message>
  <message>
   <source>There is no open microphone to test. Plug one in and open it, or type.</source>
   <translation>Es gibt kein offenes Mikrofon zu testen. Schließ eins an und öffne es, oder schreib.</translation>
  </message>
  <message>
   <source>Every 200 ms Aside takes in what happened and decides what to do about it.</source>
   <translation>Alle 200 ms nimmt Aside auf, was geschehen ist, und entscheidet, was es damit tut.</translation>
  </message>
  <message>
   <source>The test shows whether there is time for pictures too. It takes a minute.</source>
   <translation>Der Test zeigt, ob auch für Bilder Zeit ist. Er dauert eine Minute.</translation>
  </message>
  <message>
   <source>Measure</source>
   <translation>Messen</translation>
  </message>
  <message>
   <source>Measuring</source>
   <translation>Messung läuft</translation>
  </message>
  <message>
   <source>Measuring; leave the machine alone meanwhile.</source>
   <translation>Messung läuft; lass den Rechner so lange in Ruhe.</translation>
  </message>
  <message>
   <source>{keys} stops everything at once.</source>
   <translation>{keys} stoppt alles auf einmal.</translation>
  </message>
  <message>
   <source>What is heard now</source>
   <translation>Was gerade gehört wird</translation>
  </message>
  <message>
   <source>none</source>
   <translation>keine</translation>
  </message>
  <message>
   <source>Change keys</source>
   <translation>Tasten ändern</translation>
  </message>
  <message>
   <source>What Aside hears and sees</source>
   <translation>Was Aside hört und sieht</translation>
  </message>
  <message>
   <source>Your microphone and speaker</source>
   <translation>Dein Mikrofon und dein Lautsprecher</translation>
  </message>
  <message>
   <source>How fast is this machine?</source>
   <translation>Wie schnell ist dieser Rechner?</translation>
  </message>
  <message>
   <source>At hand by key</source>
   <translation>Mit Tasten zur Hand</translation>
  </message>
  <message>
   <source>Even so it will often be late.</source>
   <translation>Auch so wird es oft zu spät kommen.</translation>
  </message>
  <message>
   <source>The measurement could not be started: {error}.</source>
   <translation>Die Messung ließ sich nicht starten: {error}.</translation>
  </message>
  <message>
   <source>Of the 200 ms that a micro-turn has, this machine needs {without} to listen and speak, and {looking} with pictures ({backend}).</source>
   <translation>Von den 200 ms eines Mikroschritts braucht dieser Rechner {without}, um zu hören und zu sprechen, und {looking} mit Bildern ({backend}).</translation>
  </message>
  <message>
   <source>Pictures come as often as the model takes them.</source>
   <translation>Bilder kommen so oft, wie das Modell sie nimmt.</translation>
  </message>
  <message>
   <source>Pictures come half as often; that leaves room for your other programs.</source>
   <translation>Bilder kommen halb so oft; das lässt deinen anderen Programmen Platz.</translation>
  </message>
  <message>
   <source>Pictures are switched off: they would make Aside late.</source>
   <translation>Bilder sind ausgeschaltet: sie würden Aside verspäten.</translation>
  </message>
  <message>
   <source>The measurement failed: {error}</source>
   <translation>Die Messung ist fehlgeschlagen: {error}</translation>
  </message>
  <message>
   <source>it ended with status {status}</source>
   <translation>sie endete mit Status {status}</translation>
  </message>
  <message>
   <source>There is no microphone. Type: "Aside, remind me every five seconds until I ask you to stop."</source>
   <translation>Es gibt kein Mikrofon. Schreib auf Englisch: „Aside, remind me every five seconds until I ask you to stop.“</translation>
  </message>
  <message>
   <source>The small model that ships is good at when, and knows little of what. Its card tells how well it hears, the bad figures too.</source>
   <translation>Das kleine Modell, das beiliegt, ist gut im Wann und weiß wenig vom Was. Wie gut es hört, steht in seiner Karte, auch die schlechten Zahlen.</translation>
  </message>
  <message>
   <source>One minute together</source>
   <translation>Eine Minute zusammen</translation>
  </message>
  <message>
   <source>a window without a title</source>
   <translation>ein Fenster ohne Titel</translation>
  </message>
  <message>
   <source>The history was damaged. It lies in {path}; a new one has begun.</source>
   <translation>Der Verlauf war beschädigt. Er liegt in {path}; ein neuer hat begonnen.</translation>
  </message>
  <message>
   <source>The history cannot be written ({error}). Make room on the disk or look at {folder}; until then it waits in memory.</source>
   <translation>Der Verlauf lässt sich nicht schreiben ({error}). Schaff Platz auf der Platte oder sieh dir {folder} an; bis dahin wartet er im Speicher.</translation>
  </message>
  <message>
   <source>{count} lines are lost.</source>
   <translation>{count} Zeilen sind verloren.</translation>
  </message>
  <message>
   <source>The history is encrypted, and {why}. Nothing is kept until then.</source>
   <translation>Der Verlauf ist verschlüsselt, und {why}. Bis dahin wird nichts aufbewahrt.</translation>
  </message>
  <message>
   <source>The history is to be encrypted, and {why}. It waits in memory until then. Encryption can be switched off in the settings.</source>
   <translation>Der Verlauf soll verschlüsselt werden, und {why}. Bis dahin wartet er im Speicher. Die Verschlüsselung lässt sich in den Einstellungen ausschalten.</translation>
  </message>
  <message>
   <source>The history is not encrypted: {why}.</source>
   <translation>Der Verlauf ist nicht verschlüsselt: {why}.</translation>
  </message>
  <message>
   <source>encryption is switched off</source>
   <translation>Verschlüsselung ist ausgeschaltet</translation>
  </message>
  <message>
   <source>the package sqlcipher3 is not there</source>
   <translation>das Paket sqlcipher3 fehlt</translation>
  </message>
  <message>
   <source>Conversation {number} was kept without its sound, so there is no wav to write. To keep sound from now on: aside history keep --sound on</source>
   <translation>Gespräch {number} wurde ohne Ton aufbewahrt, also gibt es kein wav. Um ab jetzt Ton aufzubewahren: aside history keep --sound on</translation>
  </message>
  <message>
   <source>{path} could not be written: {error}. Choose another place.</source>
   <translation>{path} ließ sich nicht schreiben: {error}. Wähle einen anderen Ort.</translation>
  </message>
  <message>
   <source>What to keep cannot be read from its file, so nothing is kept. Choose it again in the settings.</source>
   <translation>Was aufgehoben werden soll, lässt sich nicht aus der Datei lesen, deshalb wird nichts aufgehoben. Wähle es in den Einstellungen neu.</translation>
  </message>
  <message>
   <source>Nothing is kept.</source>
   <translation>Nichts wird aufbewahrt.</translation>
  </message>
  <message>
   <source>pictures</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>sound</source>
   <translation>Ton</translation>
  </message>
  <message>
   <source>words and acts</source>
   <translation>Worte und Taten</translation>
  </message>
  <message>
   <source>Kept until you delete it: {what}.</source>
   <translation>Aufbewahrt, bis du es löschst: {what}.</translation>
  </message>
  <message>
   <source>Kept for {days} days: {what}.</source>
   <translation>{days} Tage aufbewahrt: {what}.</translation>
  </message>
  <message>
   <source>the key store does not answer: {error}</source>
   <translation>der Schlüsselspeicher antwortet nicht: {error}</translation>
  </message>
  <message>
   <source>this system has no key store</source>
   <translation>dieses System hat keinen Schlüsselspeicher</translation>
  </message>
  <message>
   <source>the key store holds no usable key</source>
   <translation>der Schlüsselspeicher hat keinen brauchbaren Schlüssel</translation>
  </message>
  <message>
   <source>You</source>
   <translation>Du</translation>
  </message>
  <message>
   <source>Aside</source>
   <translation>Aside</translation>
  </message>
  <message>
   <source>Aside did</source>
   <translation>Aside tat</translation>
  </message>
  <message>
   <source>Background</source>
   <translation>Hintergrund</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>Notiz</translation>
  </message>
  <message>
   <source>Search what was said</source>
   <translation>Gesagtes durchsuchen</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportieren…</translation>
  </message>
  <message>
   <source>Delete…</source>
   <translation>Löschen…</translation>
  </message>
  <message>
   <source>{minutes} min</source>
   <translation>{minutes} Min.</translation>
  </message>
  <message>
   <source>(no words)</source>
   <translation>(ohne Worte)</translation>
  </message>
  <message>
   <source>today, {time}</source>
   <translation>heute, {time}</translation>
  </message>
  <message>
   <source>yesterday, {time}</source>
   <translation>gestern, {time}</translation>
  </message>
  <message>
   <source>d MMM yyyy</source>
   <translation>d. MMM yyyy</translation>
  </message>
  <message>
   <source>The history was written by a newer Aside. Install that one again, or move history.db away to begin a new one.</source>
   <translation>Der Verlauf stammt von einem neueren Aside. Installiere dieses wieder, oder verschiebe history.db, um einen neuen zu beginnen.</translation>
  </message>
  <message>
   <source>a task</source>
   <translation>eine Aufgabe</translation>
  </message>
  <message>
   <source>The engine was lost and started again.</source>
   <translation>Die Engine war weg und wurde neu gestartet.</translation>
  </message>
  <message>
   <source>Transcript</source>
   <translation>Mitschrift</translation>
  </message>
  <message>
   <source>Nothing has been kept yet. What you and Aside say will be found here.</source>
   <translation>Noch ist nichts aufbewahrt. Was du und Aside sagen, findest du dann hier.</translation>
  </message>
  <message>
   <source>Encrypted on this machine.</source>
   <translation>Auf diesem Rechner verschlüsselt.</translation>
  </message>
  <message>
   <source>Not encrypted: only the rights of the file protect it.</source>
   <translation>Nicht verschlüsselt: Nur die Dateirechte schützen ihn.</translation>
  </message>
  <message>
   <source>Nothing was found. All the words you type must come up in one conversation.</source>
   <translation>Nichts gefunden. Alle eingegebenen Wörter müssen in einem Gespräch vorkommen.</translation>
  </message>
  <message>
   <source>Aside keeps no history. Nothing that is said here is written down.</source>
   <translation>Aside führt keinen Verlauf. Nichts, was hier gesagt wird, wird aufgeschrieben.</translation>
  </message>
  <message>
   <source>Export the conversation</source>
   <translation>Gespräch exportieren</translation>
  </message>
  <message>
   <source>Delete this conversation for good?</source>
   <translation>Dieses Gespräch endgültig löschen?</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>The history cannot be read: {error}</source>
   <translation>Der Verlauf lässt sich nicht lesen: {error}</translation>
  </message>
  <message>
   <source>{count} results</source>
   <translation>{count} Treffer</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>Subtitles</source>
   <translation>Untertitel</translation>
  </message>
  <message>
   <source>JSON</source>
   <translation>JSON</translation>
  </message>
  <message>
   <source>The conversation cannot be deleted: {error}</source>
   <translation>Das Gespräch lässt sich nicht löschen: {error}</translation>
  </message>
  <message>
   <source>Written: {path}</source>
   <translation>Geschrieben: {path}</translation>
  </message>
  <message>
   <source>The history stopped: {error}. Start Aside again.</source>
   <translation>Der Verlauf ist stehen geblieben: {error}. Starte Aside neu.</translation>
  </message>
  <message>
   <source>'{key}' is no modifier; there are {modifiers}</source>
   <translation>„{key}“ ist keine Umschalttaste; es gibt {modifiers}</translation>
  </message>
  <message>
   <source>'{key}' is no key; write for example Ctrl+Alt+M or F9</source>
   <translation>„{key}“ ist keine Taste; schreib zum Beispiel Ctrl+Alt+M oder F9</translation>
  </message>
  <message>
   <source>{key} needs Ctrl, Alt or Super with it: alone it is for typing</source>
   <translation>{key} braucht Ctrl, Alt oder Super dazu: allein ist sie zum Tippen da</translation>
  </message>
  <message>
   <source>key listener</source>
   <translation>Tastenlauscher</translation>
  </message>
  <message>
   <source>A small process of its own listens for keys and passes on only those bound here.</source>
   <translation>Ein kleiner eigener Prozess lauscht auf Tasten und gibt nur die hier belegten weiter.</translation>
  </message>
  <message>
   <source>On macOS allow Aside under System Settings, Privacy &amp; Security, Input Monitoring, and start it again. Elsewhere install the package pynput.</source>
   <translation>Erlaube Aside unter macOS in Systemeinstellungen, Datenschutz &amp; Sicherheit, Eingabeüberwachung, und starte es neu. Anderswo installiere das Paket pynput.</translation>
  </message>
  <message>
   <source>The process that listens for keys ended, so they work in Aside's windows alone.</source>
   <translation>Der Prozess, der auf Tasten lauscht, ist beendet, also gelten sie nur in Asides Fenstern.</translation>
  </message>
  <message>
   <source>Wayland portal</source>
   <translation>Wayland-Portal</translation>
  </message>
  <message>
   <source>The desktop itself passes on the keys that you confirm, and no others.</source>
   <translation>Der Desktop selbst gibt die Tasten weiter, die du bestätigst, und keine anderen.</translation>
  </message>
  <message>
   <source>This Wayland desktop offers no portal for global shortcuts. Bind a key to `aside do mute` and the like in the desktop's own keyboard settings.</source>
   <translation>Dieser Wayland-Desktop hat kein Portal für globale Tastenkürzel. Belege in seinen Tastatureinstellungen eine Taste mit `aside do mute` und dergleichen.</translation>
  </message>
  <message>
   <source>The desktop did not give the keys; set them in its settings, or bind `aside do ACTION`.</source>
   <translation>Der Desktop hat die Tasten nicht vergeben; stell sie in seinen Einstellungen ein, oder belege `aside do ACTION`.</translation>
  </message>
  <message>
   <source>The desktop's portal went away, so keys work in Aside's windows alone.</source>
   <translation>Das Portal des Desktops ist weg, also gelten Tasten nur in Asides Fenstern.</translation>
  </message>
  <message>
   <source>The X server passes on the keys bound here and no others.</source>
   <translation>Der X-Server gibt nur die hier belegten Tasten weiter.</translation>
  </message>
  <message>
   <source>Install the package python-xlib, or start Aside once with: python3 run.py</source>
   <translation>Installiere das Paket python-xlib, oder starte Aside einmal mit: python3 run.py</translation>
  </message>
  <message>
   <source>The X server cannot be reached, so keys work in Aside's windows alone.</source>
   <translation>Der X-Server ist nicht erreichbar, also gelten Tasten nur in Asides Fenstern.</translation>
  </message>
  <message>
   <source>This keyboard has no {key}.</source>
   <translation>Diese Tastatur hat kein {key}.</translation>
  </message>
  <message>
   <source>{keys} is taken by another program.</source>
   <translation>{keys} gehört schon einem anderen Programm.</translation>
  </message>
  <message>
   <source>{keys} is the key of: {action}.</source>
   <translation>{keys} ist schon belegt: {action}.</translation>
  </message>
  <message>
   <source>{keys} is wanted for this too: {action}.</source>
   <translation>{keys} wird auch hierfür gewünscht: {action}.</translation>
  </message>
  <message>
   <source>Keys work in Aside's own windows alone, as you have set it.</source>
   <translation>Tasten gelten nur in Asides eigenen Fenstern, wie du es eingestellt hast.</translation>
  </message>
  <message>
   <source>Back end: {name}.</source>
   <translation>Weg: {name}.</translation>
  </message>
  <message>
   <source>Nothing here passes global keys on, so they work in Aside's own windows alone.</source>
   <translation>Nichts hier gibt globale Tasten weiter, also gelten sie nur in Asides eigenen Fenstern.</translation>
  </message>
  <message>
   <source>on or off</source>
   <translation>an oder aus</translation>
  </message>
  <message>
   <source>{low} to {high} {unit}</source>
   <translation>{low} bis {high} {unit}</translation>
  </message>
  <message>
   <source>the name of a microphone, or default</source>
   <translation>der Name eines Mikrofons, oder default</translation>
  </message>
  <message>
   <source>the name of a speaker, or default</source>
   <translation>der Name eines Lautsprechers, oder default</translation>
  </message>
  <message>
   <source>the name of a camera, or default</source>
   <translation>der Name einer Kamera, oder default</translation>
  </message>
  <message>
   <source>keys such as Ctrl+Alt+M, or none</source>
   <translation>Tasten wie Ctrl+Alt+M, oder none</translation>
  </message>
  <message>
   <source>two numbers such as 100,200, or none</source>
   <translation>zwei Zahlen wie 100,200, oder none</translation>
  </message>
  <message>
   <source>patterns such as *bank*, separated by ;, or none</source>
   <translation>Muster wie *bank*, getrennt durch ;, oder none</translation>
  </message>
  <message>
   <source>is on or off</source>
   <translation>ist an oder aus</translation>
  </message>
  <message>
   <source>is one of: {range}</source>
   <translation>ist eines von: {range}</translation>
  </message>
  <message>
   <source>is {range}</source>
   <translation>ist {range}</translation>
  </message>
  <message>
   <source>is a whole number, {range}</source>
   <translation>ist eine ganze Zahl, {range}</translation>
  </message>
  <message>
   <source>does not fit: {error}</source>
   <translation>passt nicht: {error}</translation>
  </message>
  <message>
   <source>The settings were damaged and are at their defaults; see {path}.</source>
   <translation>Die Einstellungen waren beschädigt und stehen auf den Vorgaben; siehe {path}.</translation>
  </message>
  <message>
   <source>What is kept cannot be changed in {path}: {error}.</source>
   <translation>Was behalten wird, lässt sich in {path} nicht ändern: {error}.</translation>
  </message>
  <message>
   <source>The settings in {path} cannot be read: {error}.</source>
   <translation>Die Einstellungen in {path} lassen sich nicht lesen: {error}.</translation>
  </message>
  <message>
   <source>The settings cannot be kept in {path}: {error}.</source>
   <translation>Die Einstellungen lassen sich nicht in {path} ablegen: {error}.</translation>
  </message>
  <message>
   <source>A setting is back at its default: {error}.</source>
   <translation>Eine Einstellung steht wieder auf der Vorgabe: {error}.</translation>
  </message>
  <message>
   <source>What this computer plays cannot be heard on this kind of system.</source>
   <translation>Was dieser Computer spielt, ist auf einem solchen System nicht zu hören.</translation>
  </message>
  <message>
   <source>There is no speaker whose sound could be heard.</source>
   <translation>Es gibt keinen Lautsprecher, dessen Ton zu hören wäre.</translation>
  </message>
  <message>
   <source>No microphone.</source>
   <translation>Kein Mikrofon.</translation>
  </message>
  <message>
   <source>No speaker.</source>
   <translation>Kein Lautsprecher.</translation>
  </message>
  <message>
   <source>{name} hangs in the sound system: start Aside again to use it.</source>
   <translation>{name} hängt im Tonsystem: Starte Aside neu, um es zu benutzen.</translation>
  </message>
  <message>
   <source>{name} cannot be opened: {error}</source>
   <translation>{name} lässt sich nicht öffnen: {error}</translation>
  </message>
  <message>
   <source>No sound devices found: plug in a headset or start a sound server. Typing works.</source>
   <translation>Keine Tongeräte gefunden: Schließ ein Headset an oder starte einen Soundserver. Tippen geht.</translation>
  </message>
  <message>
   <source>PortAudio is missing, so there is neither microphone nor speaker. Install it (Debian, Ubuntu: sudo apt install libportaudio2) and start Aside again.</source>
   <translation>PortAudio fehlt, also gibt es weder Mikrofon noch Lautsprecher. Installiere es (Debian, Ubuntu: sudo apt install libportaudio2) und starte Aside neu.</translation>
  </message>
  <message>
   <source>{name} is not ready yet</source>
   <translation>{name} ist noch nicht bereit</translation>
  </message>
  <message>
   <source>PortAudio cannot reach the sound server. Debian, Ubuntu: sudo apt install libasound2-plugins</source>
   <translation>PortAudio erreicht den Soundserver nicht. Debian, Ubuntu: sudo apt install libasound2-plugins</translation>
  </message>
  <message>
   <source>No sound server answers, so there is neither microphone nor speaker. Typing works.</source>
   <translation>Kein Soundserver antwortet, also gibt es weder Mikrofon noch Lautsprecher. Tippen geht.</translation>
  </message>
  <message>
   <source>Nothing runs in the background now.</source>
   <translation>Im Hintergrund läuft jetzt nichts.</translation>
  </message>
  <message>
   <source>Aside's window does not answer; try again, or end it and start it anew.</source>
   <translation>Asides Fenster antwortet nicht; versuch es wieder, oder beende und starte es neu.</translation>
  </message>
  <message>
   <source>Keep it</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Aside interjects</source>
   <translation>Aside meldet sich</translation>
  </message>
  <message>
   <source>Words appear here. Hold Ctrl+Alt over them to move this bar.</source>
   <translation>Hier erscheinen die Worte. Strg+Alt darüber halten verschiebt die Leiste.</translation>
  </message>
  <message>
   <source>Aside's captions</source>
   <translation>Untertitel von Aside</translation>
  </message>
  <message>
   <source>Stopped. Nothing is heard, seen, said or done until you go on.</source>
   <translation>Gestoppt. Nichts wird gehört, gesehen, gesagt oder getan, bis du fortfährst.</translation>
  </message>
  <message>
   <source>Push to talk was held very long and let go: is the key stuck?</source>
   <translation>Die Taste zum Sprechen wurde sehr lange gehalten und gilt als losgelassen: klemmt sie?</translation>
  </message>
  <message>
   <source>Something could not be stopped: quit Aside to be sure.</source>
   <translation>Etwas ließ sich nicht stoppen: beende Aside, um sicherzugehen.</translation>
  </message>
  <message>
   <source>Copied.</source>
   <translation>Kopiert.</translation>
  </message>
  <message>
   <source>System default ({name})</source>
   <translation>Systemstandard ({name})</translation>
  </message>
  <message>
   <source>{name} (not there)</source>
   <translation>{name} (nicht da)</translation>
  </message>
  <message>
   <source>Press the keys you want here; Backspace for none.</source>
   <translation>Drücke hier die gewünschten Tasten; Rücktaste für keine.</translation>
  </message>
  <message>
   <source>System default</source>
   <translation>Systemstandard</translation>
  </message>
  <message>
   <source>In every program</source>
   <translation>In jedem Programm</translation>
  </message>
  <message>
   <source>In Aside</source>
   <translation>In Aside</translation>
  </message>
  <message>
   <source>hold</source>
   <translation>halten</translation>
  </message>
  <message>
   <source>What is captured</source>
   <translation>Was aufgenommen wird</translation>
  </message>
  <message>
   <source>What the computer plays</source>
   <translation>Was der Computer spielt</translation>
  </message>
  <message>
   <source>off</source>
   <translation>aus</translation>
  </message>
  <message>
   <source>wanted, and gives nothing</source>
   <translation>gewünscht, liefert aber nichts</translation>
  </message>
  <message>
   <source>on</source>
   <translation>an</translation>
  </message>
  <message>
   <source>Aside's mark</source>
   <translation>Asides Zeichen</translation>
  </message>
  <message>
   <source>Words and captions</source>
   <translation>Worte und Untertitel</translation>
  </message>
  <message>
   <source>Window</source>
   <translation>Fenster</translation>
  </message>
  <message>
   <source>Microphone level</source>
   <translation>Mikrofonpegel</translation>
  </message>
  <message>
   <source>Thinking</source>
   <translation>Nachdenken</translation>
  </message>
  <message>
   <source>Use this one</source>
   <translation>Dieses benutzen</translation>
  </message>
  <message>
   <source>Test</source>
   <translation>Testen</translation>
  </message>
  <message>
   <source>Use none</source>
   <translation>Keines benutzen</translation>
  </message>
  <message>
   <source>Forget the key</source>
   <translation>Schlüssel vergessen</translation>
  </message>
  <message>
   <source>A language model that works in the background on what you ask for: llama.cpp, Ollama, LM Studio, vLLM, SGLang, or a service that speaks OpenAI's chat completions. Without one nothing is sent anywhere, and timers, sums, notes and files still work.</source>
   <translation>Ein Sprachmodell, das im Hintergrund an dem arbeitet, worum du bittest: llama.cpp, Ollama, LM Studio, vLLM, SGLang oder ein Dienst, der OpenAIs Chat Completions spricht. Ohne eines wird nichts irgendwohin gesendet, und Timer, Rechnen, Notizen und Dateien gehen trotzdem.</translation>
  </message>
  <message>
   <source>Look around on this computer</source>
   <translation>Auf diesem Computer umsehen</translation>
  </message>
  <message>
   <source>Asks the usual ports who answers, whenever this page opens.</source>
   <translation>Fragt an den üblichen Ports, wer antwortet, wann immer diese Seite aufgeht.</translation>
  </message>
  <message>
   <source>Found here</source>
   <translation>Hier gefunden</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>Adresse</translation>
  </message>
  <message>
   <source>Up to the version. On another machine it begins with https.</source>
   <translation>Bis zur Version. Auf einem anderen Rechner beginnt sie mit https.</translation>
  </message>
  <message>
   <source>Its name, as the server calls it.</source>
   <translation>Sein Name, wie der Server ihn nennt.</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>Schlüssel</translation>
  </message>
  <message>
   <source>Where the server wants one. It is kept in the system's key store and never shown again.</source>
   <translation>Wo der Server einen will. Er liegt im Schlüsselspeicher des Systems und wird nie wieder gezeigt.</translation>
  </message>
  <message>
   <source>Give it pictures</source>
   <translation>Bilder geben</translation>
  </message>
  <message>
   <source>Of screen and camera, while you share them.</source>
   <translation>Von Bildschirm und Kamera, solange du sie teilst.</translation>
  </message>
  <message>
   <source>Asking {model}. A big one may take a minute to begin.</source>
   <translation>Fragt {model}. Ein großes braucht vielleicht eine Minute, bis es beginnt.</translation>
  </message>
  <message>
   <source>None is in use.</source>
   <translation>Keines wird benutzt.</translation>
  </message>
  <message>
   <source>not looked around</source>
   <translation>nicht umgesehen</translation>
  </message>
  <message>
   <source>choose one</source>
   <translation>wähle eines</translation>
  </message>
  <message>
   <source>nobody answers</source>
   <translation>niemand antwortet</translation>
  </message>
  <message>
   <source>one is kept; write another to change it</source>
   <translation>einer ist da; ein anderer ersetzt ihn</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>The key is forgotten.</source>
   <translation>Der Schlüssel ist vergessen.</translation>
  </message>
  <message>
   <source>The key was not forgotten: it is not in the key store, or the store does not answer.</source>
   <translation>Der Schlüssel wurde nicht vergessen: Er liegt nicht im Schlüsselspeicher, oder dieser antwortet nicht.</translation>
  </message>
  <message>
   <source>In use: {model} at {url}</source>
   <translation>In Benutzung: {model} unter {url}</translation>
  </message>
  <message>
   <source>It could not be tried: {error}.</source>
   <translation>Es ließ sich nicht ausprobieren: {error}.</translation>
  </message>
  <message>
   <source>Which model? Choose one, or write its name.</source>
   <translation>Welches Modell? Wähle eines oder schreib seinen Namen.</translation>
  </message>
  <message>
   <source>Stopped.</source>
   <translation>Angehalten.</translation>
  </message>
  <message>
   <source>No language model any more: nothing is sent anywhere.</source>
   <translation>Kein Sprachmodell mehr: Nichts wird irgendwohin gesendet.</translation>
  </message>
  <message>
   <source>That address cannot be used: {why}.</source>
   <translation>Diese Adresse geht nicht: {why}.</translation>
  </message>
  <message>
   <source>Without tools it can answer but do nothing: choose one that calls tools.</source>
   <translation>Ohne Werkzeuge kann es antworten, aber nichts tun: Wähle eines, das Werkzeuge aufruft.</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>ja</translation>
  </message>
  <message>
   <source>no</source>
   <translation>nein</translation>
  </message>
  <message>
   <source>Works with {model}: first word after {ms} ms; streams: {streams}; calls tools: {tools}; hears: {hears}; sees images: {sees}.</source>
   <translation>Geht mit {model}: erstes Wort nach {ms} ms; fortlaufend: {streams}; ruft Werkzeuge auf: {tools}; hört: {hears}; sieht Bilder: {sees}.</translation>
  </message>
  <message>
   <source>Open the microphone</source>
   <translation>Mikrofon öffnen</translation>
  </message>
  <message>
   <source>Status: {words}</source>
   <translation>Zustand: {words}</translation>
  </message>
  <message>
   <source>Choose what to share</source>
   <translation>Wähle, was geteilt wird</translation>
  </message>
  <message>
   <source>Click the monitor that Aside may see. Escape: nothing.</source>
   <translation>Klick auf den Monitor, den Aside sehen darf. Esc: keiner.</translation>
  </message>
  <message>
   <source>Draw around what Aside may see. Escape: nothing.</source>
   <translation>Umrahme, was Aside sehen darf. Escape: nichts.</translation>
  </message>
  <message>
   <source>Click the window that Aside may see. Escape: nothing.</source>
   <translation>Klick auf das Fenster, das Aside sehen darf. Escape: nichts.</translation>
  </message>
  <message>
   <source>Aside's lights</source>
   <translation>Asides Lämpchen</translation>
  </message>
  <message>
   <source>Aside points</source>
   <translation>Aside zeigt</translation>
  </message>
  <message>
   <source>Aside points here</source>
   <translation>Aside zeigt hierher</translation>
  </message>
  <message>
   <source>Nobody</source>
   <translation>Niemand</translation>
  </message>
  <message>
   <source>It is kept in the system's key store and never shown again.</source>
   <translation>Er liegt im Schlüsselspeicher des Systems und wird nie wieder gezeigt.</translation>
  </message>
  <message>
   <source>Web search</source>
   <translation>Suche im Netz</translation>
  </message>
  <message>
   <source>Nothing is searched for before you choose who is asked, and what is sent is shown to you first.</source>
   <translation>Es wird nichts gesucht, bevor du wählst, wer gefragt wird, und was gesendet wird, siehst du vorher.</translation>
  </message>
  <message>
   <source>Who is asked</source>
   <translation>Wer gefragt wird</translation>
  </message>
  <message>
   <source>Of a SearXNG server that gives JSON.</source>
   <translation>Eines SearXNG-Servers, der JSON liefert.</translation>
  </message>
  <message>
   <source>Searches go there from now on.</source>
   <translation>Ab jetzt gehen Suchen dorthin.</translation>
  </message>
  <message>
   <source>Nothing is searched for.</source>
   <translation>Es wird nichts gesucht.</translation>
  </message>
  <message>
   <source>It was not kept.</source>
   <translation>Es wurde nicht gespeichert.</translation>
  </message>
  <message>
   <source>Its tools are used without asking.</source>
   <translation>Seine Werkzeuge werden ohne Nachfrage benutzt.</translation>
  </message>
  <message>
   <source>Switched off.</source>
   <translation>Ausgeschaltet.</translation>
  </message>
  <message>
   <source>Starting …</source>
   <translation>Startet …</translation>
  </message>
  <message>
   <source>Not there: {why}</source>
   <translation>Nicht da: {why}</translation>
  </message>
  <message>
   <source>Ended. Its next use starts it again.</source>
   <translation>Beendet. Wird er gebraucht, startet er wieder.</translation>
  </message>
  <message>
   <source>Running, with one tool:</source>
   <translation>Läuft, mit einem Werkzeug:</translation>
  </message>
  <message>
   <source>Running, with {count} tools:</source>
   <translation>Läuft, mit {count} Werkzeugen:</translation>
  </message>
  <message>
   <source>{name}: switched off ({target})</source>
   <translation>{name}: ausgeschaltet ({target})</translation>
  </message>
  <message>
   <source>{name}: asks {target}</source>
   <translation>{name}: fragt {target}</translation>
  </message>
  <message>
   <source>{name}: starts {target}</source>
   <translation>{name}: startet {target}</translation>
  </message>
  <message>
   <source>(instead of the one that is there)</source>
   <translation>(statt des vorhandenen)</translation>
  </message>
  <message>
   <source>On</source>
   <translation>An</translation>
  </message>
  <message>
   <source>Remove…</source>
   <translation>Entfernen…</translation>
  </message>
  <message>
   <source>{name} is on</source>
   <translation>{name} ist an</translation>
  </message>
  <message>
   <source>Remove {name}</source>
   <translation>{name} entfernen</translation>
  </message>
  <message>
   <source>Its configuration, with any keys in it, is forgotten.</source>
   <translation>Seine Konfiguration wird vergessen, samt allen Schlüsseln darin.</translation>
  </message>
  <message>
   <source>Configuration of servers</source>
   <translation>Konfiguration von Servern</translation>
  </message>
  <message>
   <source>Tools</source>
   <translation>Werkzeuge</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Add</source>
   <translation>Hinzufügen</translation>
  </message>
  <message>
   <source>Programs that lend Aside their tools by the Model Context Protocol. Aside asks you before it uses one, except where a configuration says that it only reads.</source>
   <translation>Programme, die Aside über das Model Context Protocol ihre Werkzeuge leihen. Aside fragt dich, bevor es eines benutzt, außer wo eine Konfiguration sagt, dass es nur liest.</translation>
  </message>
  <message>
   <source>Add servers</source>
   <translation>Server hinzufügen</translation>
  </message>
  <message>
   <source>Paste their configuration, as their instructions give it.</source>
   <translation>Füg ihre Konfiguration ein, wie ihre Anleitung sie angibt.</translation>
  </message>
  <message>
   <source>There are no tools here now.</source>
   <translation>Hier sind jetzt keine Werkzeuge.</translation>
  </message>
  <message>
   <source>Remove the server {name}?</source>
   <translation>Den Server {name} entfernen?</translation>
  </message>
  <message>
   <source>and {count} more</source>
   <translation>und {count} weitere</translation>
  </message>
  <message>
   <source>Groups of settings</source>
   <translation>Gruppen von Einstellungen</translation>
  </message>
  <message>
   <source>Show every key</source>
   <translation>Alle Tasten zeigen</translation>
  </message>
  <message>
   <source>Still reading what you typed.</source>
   <translation>Liest noch, was du getippt hast.</translation>
  </message>
  <message>
   <source>Start it again from the menu.</source>
   <translation>Starte sie im Menü neu.</translation>
  </message>
  <message>
   <source>The model's memory is free, and nothing is heard or seen. Type, or hold the talk key, and it goes on.</source>
   <translation>Der Speicher des Modells ist frei; nichts wird gehört oder gesehen. Tippe oder halte die Sprechtaste, dann geht es weiter.</translation>
  </message>
  <message>
   <source>Written, not spoken: it has spoken as often as you allow.</source>
   <translation>Geschrieben, nicht gesprochen: Es hat so oft gesprochen, wie du erlaubst.</translation>
  </message>
  <message>
   <source>It was begun and failed: {error}. Try again, or start Aside anew.</source>
   <translation>Es wurde begonnen und schlug fehl: {error}. Versuche es noch einmal, oder starte Aside neu.</translation>
  </message>
  <message>
   <source>“This session” and “Always” cover: {scope}</source>
   <translation>„Diese Sitzung“ und „Immer“ gelten für: {scope}</translation>
  </message>
  <message>
   <source>It is time</source>
   <translation>Es ist so weit</translation>
  </message>
  <message>
   <source>I understood</source>
   <translation>Ich habe verstanden</translation>
  </message>
  <message>
   <source>Never mind</source>
   <translation>Schon gut</translation>
  </message>
  <message>
   <source>Yes, do that</source>
   <translation>Ja, tu das</translation>
  </message>
  <message>
   <source>May I use {tool}?</source>
   <translation>Darf ich {tool} benutzen?</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>The rest is in the history.</source>
   <translation>Der Rest steht im Verlauf.</translation>
  </message>
  <message>
   <source>Is that what you meant?</source>
   <translation>Hast du das gemeint?</translation>
  </message>
  <message>
   <source>argument</source>
   <translation>Angabe</translation>
  </message>
  <message>
   <source>value</source>
   <translation>Wert</translation>
  </message>
  <message>
   <source>Or say aloud: {word}</source>
   <translation>Oder sag laut: {word}</translation>
  </message>
  <message>
   <source>Works out arithmetic.</source>
   <translation>Rechnet etwas aus.</translation>
  </message>
  <message>
   <source>Converts between units of measure.</source>
   <translation>Rechnet Maßeinheiten um.</translation>
  </message>
  <message>
   <source>Shows you a card to look at or fill in.</source>
   <translation>Zeigt dir eine Karte zum Ansehen oder Ausfüllen.</translation>
  </message>
  <message>
   <source>Reads what was copied.</source>
   <translation>Liest, was kopiert wurde.</translation>
  </message>
  <message>
   <source>Copies a text for pasting.</source>
   <translation>Kopiert einen Text zum Einfügen.</translation>
  </message>
  <message>
   <source>Tells the date and the time, here or in another place.</source>
   <translation>Sagt Datum und Uhrzeit, hier oder anderswo.</translation>
  </message>
  <message>
   <source>Runs a command in a closed box without network.</source>
   <translation>Führt einen Befehl in einem abgeschlossenen Kasten ohne Netz aus.</translation>
  </message>
  <message>
   <source>Finds files and folders by their name.</source>
   <translation>Findet Dateien und Ordner nach ihrem Namen.</translation>
  </message>
  <message>
   <source>Reads a text file.</source>
   <translation>Liest eine Textdatei.</translation>
  </message>
  <message>
   <source>Types into the window in front.</source>
   <translation>Tippt in das vorderste Fenster.</translation>
  </message>
  <message>
   <source>Presses a key.</source>
   <translation>Drückt eine Taste.</translation>
  </message>
  <message>
   <source>Clicks somewhere on the screen.</source>
   <translation>Klickt irgendwo auf dem Bildschirm.</translation>
  </message>
  <message>
   <source>Looks at the screen.</source>
   <translation>Schaut auf den Bildschirm.</translation>
  </message>
  <message>
   <source>Looks through the camera.</source>
   <translation>Schaut durch die Kamera.</translation>
  </message>
  <message>
   <source>Writes a note, or adds to one.</source>
   <translation>Schreibt eine Notiz oder ergänzt eine.</translation>
  </message>
  <message>
   <source>Deletes a note.</source>
   <translation>Löscht eine Notiz.</translation>
  </message>
  <message>
   <source>Reads a note.</source>
   <translation>Liest eine Notiz.</translation>
  </message>
  <message>
   <source>Lists the notes, the newest first.</source>
   <translation>Listet die Notizen, die neueste zuerst.</translation>
  </message>
  <message>
   <source>Opens a web page in the browser.</source>
   <translation>Öffnet eine Webseite im Browser.</translation>
  </message>
  <message>
   <source>Opens a file in its application.</source>
   <translation>Öffnet eine Datei in ihrem Programm.</translation>
  </message>
  <message>
   <source>Starts an application.</source>
   <translation>Startet ein Programm.</translation>
  </message>
  <message>
   <source>Shows you the steps of a task and how many are done.</source>
   <translation>Zeigt dir die Schritte einer Aufgabe und wie viele davon erledigt sind.</translation>
  </message>
  <message>
   <source>Sets a timer.</source>
   <translation>Stellt einen Timer.</translation>
  </message>
  <message>
   <source>Reminds you of something at a time.</source>
   <translation>Erinnert dich zu einer Zeit an etwas.</translation>
  </message>
  <message>
   <source>Lists the timers and reminders.</source>
   <translation>Listet Timer und Erinnerungen.</translation>
  </message>
  <message>
   <source>Cancels a timer or a reminder.</source>
   <translation>Bricht einen Timer oder eine Erinnerung ab.</translation>
  </message>
  <message>
   <source>Reads a web page.</source>
   <translation>Liest eine Webseite.</translation>
  </message>
  <message>
   <source>Searches the web.</source>
   <translation>Sucht im Web.</translation>
  </message>
  <message>
   <source>The background stopped ({kind}) and takes no tasks: start Aside again.</source>
   <translation>Der Hintergrund hat angehalten ({kind}) und nimmt keine Aufgaben an: starte Aside neu.</translation>
  </message>
  <message>
   <source>The language model failed in the middle of its answer.</source>
   <translation>Das Sprachmodell ist mitten in seiner Antwort gescheitert.</translation>
  </message>
  <message>
   <source>The language model asked for too many things at once.</source>
   <translation>Das Sprachmodell wollte zu vieles auf einmal.</translation>
  </message>
  <message>
   <source>The language model did not stop writing to a tool.</source>
   <translation>Das Sprachmodell hörte nicht auf, einem Werkzeug zu schreiben.</translation>
  </message>
  <message>
   <source>The language model sent something that is no answer.</source>
   <translation>Das Sprachmodell hat etwas geschickt, das keine Antwort ist.</translation>
  </message>
  <message>
   <source>approved once by {by}</source>
   <translation>einmal erlaubt, per {by}</translation>
  </message>
  <message>
   <source>approved for this session by {by}</source>
   <translation>für diese Sitzung erlaubt, per {by}</translation>
  </message>
  <message>
   <source>approved always by {by}</source>
   <translation>immer erlaubt, per {by}</translation>
  </message>
  <message>
   <source>key</source>
   <translation>Taste</translation>
  </message>
  <message>
   <source>click</source>
   <translation>Klick</translation>
  </message>
  <message>
   <source>voice</source>
   <translation>Stimme</translation>
  </message>
  <message>
   <source>every use of {tool}</source>
   <translation>jede Benutzung von {tool}</translation>
  </message>
  <message>
   <source>exactly this</source>
   <translation>genau dies</translation>
  </message>
  <message>
   <source>needs no approval</source>
   <translation>braucht keine Erlaubnis</translation>
  </message>
  <message>
   <source>approved before: {what} ({id})</source>
   <translation>schon erlaubt: {what} ({id})</translation>
  </message>
  <message>
   <source>any use of {tool}</source>
   <translation>jede Benutzung von {tool}</translation>
  </message>
  <message>
   <source>{tool} took longer than {limit} s: stopped.</source>
   <translation>{tool} brauchte länger als {limit} s: angehalten.</translation>
  </message>
  <message>
   <source>{tool} failed ({kind}).</source>
   <translation>{tool} ist gescheitert ({kind}).</translation>
  </message>
  <message>
   <source>Taken back, because you corrected it: {what}</source>
   <translation>Zurückgenommen, weil du es berichtigt hast: {what}</translation>
  </message>
  <message>
   <source>That is not as you saw it any more, so I did not do it.</source>
   <translation>Das ist nicht mehr so, wie du es gesehen hast, also habe ich es nicht getan.</translation>
  </message>
  <message>
   <source>You corrected this, but it could not be taken back: {why}</source>
   <translation>Du hast das berichtigt, aber es ließ sich nicht zurücknehmen: {why}</translation>
  </message>
  <message>
   <source>There is no tool {tool} here now.</source>
   <translation>Das Werkzeug {tool} ist jetzt nicht da.</translation>
  </message>
  <message>
   <source>{tool} cannot say what it would do, so it is not done.</source>
   <translation>{tool} kann nicht sagen, was es täte; es wird nicht getan.</translation>
  </message>
  <message>
   <source>There is nothing to undo about {what}.</source>
   <translation>An {what} gibt es nichts zurückzunehmen.</translation>
  </message>
  <message>
   <source>{tool} cannot take back what it did.</source>
   <translation>{tool} kann nicht zurücknehmen, was es getan hat.</translation>
  </message>
  <message>
   <source>This task has used up the tokens that it may use.</source>
   <translation>Diese Aufgabe hat die Token verbraucht, die sie verbrauchen darf.</translation>
  </message>
  <message>
   <source>This task has cost what it may cost.</source>
   <translation>Diese Aufgabe hat gekostet, was sie kosten darf.</translation>
  </message>
  <message>
   <source>The money for the language model is used up for today.</source>
   <translation>Das Geld für das Sprachmodell ist für heute verbraucht.</translation>
  </message>
  <message>
   <source>The language model does not come to an end.</source>
   <translation>Das Sprachmodell kommt zu keinem Ende.</translation>
  </message>
  <message>
   <source>This task has used its tools as often as it may.</source>
   <translation>Diese Aufgabe hat ihre Werkzeuge so oft benutzt, wie sie darf.</translation>
  </message>
  <message>
   <source>The language model asked for the same thing again and again.</source>
   <translation>Das Sprachmodell hat immer wieder dasselbe verlangt.</translation>
  </message>
  <message>
   <source>{path} is damaged. Move it away to begin anew.</source>
   <translation>{path} ist beschädigt. Verschieb die Datei, um neu zu beginnen.</translation>
  </message>
  <message>
   <source>The disk is full: {path} was not written. Free some space.</source>
   <translation>Die Platte ist voll: {path} wurde nicht geschrieben. Mach etwas Platz.</translation>
  </message>
  <message>
   <source>{path} cannot be used ({why}).</source>
   <translation>{path} ist nicht benutzbar ({why}).</translation>
  </message>
  <message>
   <source>{url} is no address; write for example {example}</source>
   <translation>{url} ist keine Adresse; schreib zum Beispiel {example}</translation>
  </message>
  <message>
   <source>a key does not belong into the address; give it by itself</source>
   <translation>ein Schlüssel gehört nicht in die Adresse; gib ihn für sich an</translation>
  </message>
  <message>
   <source>{host} is another machine: use https, so that nobody listens</source>
   <translation>{host} ist ein anderer Rechner: nimm https, damit niemand mithört</translation>
  </message>
  <message>
   <source>reads the screen</source>
   <translation>liest den Bildschirm</translation>
  </message>
  <message>
   <source>listens to the request again</source>
   <translation>hört sich die Bitte noch einmal an</translation>
  </message>
  <message>
   <source>{what} {detail}</source>
   <translation>{what} {detail}</translation>
  </message>
  <message>
   <source>There is no approval {id}. `aside approvals` lists them.</source>
   <translation>Es gibt keine Erlaubnis {id}. `aside approvals` zeigt alle.</translation>
  </message>
  <message>
   <source>The key was not kept: {reason}. Set {variable} in the environment instead.</source>
   <translation>Der Schlüssel wurde nicht aufbewahrt: {reason}. Setz stattdessen {variable} in der Umgebung.</translation>
  </message>
  <message>
   <source>the key store does not answer ({kind})</source>
   <translation>der Schlüsselspeicher antwortet nicht ({kind})</translation>
  </message>
  <message>
   <source>The disk takes no more tasks ({why}): make room; until Aside ends they are in memory only.</source>
   <translation>Die Platte nimmt keine Aufgaben mehr auf ({why}): schaffe Platz; bis Aside endet, sind sie nur im Speicher.</translation>
  </message>
  <message>
   <source>Another program holds {path}: close it, and start Aside again; until then the tasks are in memory only.</source>
   <translation>Ein anderes Programm hält {path} fest: schließ es und starte Aside neu; bis dahin sind die Aufgaben nur im Speicher.</translation>
  </message>
  <message>
   <source>The kept tasks could not be read: they lie in {path}, and a new list was begun.</source>
   <translation>Die aufbewahrten Aufgaben waren nicht lesbar: sie liegen in {path}, und eine neue Liste wurde begonnen.</translation>
  </message>
  <message>
   <source>A server needs a short name of letters, digits, dots and dashes, not {name}.</source>
   <translation>Ein Server braucht einen kurzen Namen aus Buchstaben, Ziffern, Punkten und Strichen, nicht {name}.</translation>
  </message>
  <message>
   <source>That is no JSON, from line {line}, column {column} on ({why}). Paste all of it, with the outer braces.</source>
   <translation>Das ist kein JSON, ab Zeile {line}, Spalte {column} ({why}). Füg alles ein, mit den äußeren Klammern.</translation>
  </message>
  <message>
   <source>it uses the old SSE transport; ask for its streamable HTTP address</source>
   <translation>er nutzt den alten SSE-Transport; frag nach seiner Streamable-HTTP-Adresse</translation>
  </message>
  <message>
   <source>it needs a command to start, or an address beginning with http</source>
   <translation>er braucht ein Kommando, das ihn startet, oder eine Adresse, die mit http beginnt</translation>
  </message>
  <message>
   <source>nothing can be undone at a server: risk is read, outside or lasting</source>
   <translation>bei einem Server lässt sich nichts zurücknehmen: risk ist read, outside oder lasting</translation>
  </message>
  <message>
   <source>The server {name} cannot be used: {why}.</source>
   <translation>Der Server {name} ist nicht benutzbar: {why}.</translation>
  </message>
  <message>
   <source>That is too long to be a list of servers.</source>
   <translation>Das ist zu lang für eine Liste von Servern.</translation>
  </message>
  <message>
   <source>That names no servers: it should hold {example}.</source>
   <translation>Das nennt keine Server: Es sollte {example} enthalten.</translation>
  </message>
  <message>
   <source>its settings are no object</source>
   <translation>seine Einstellungen sind kein Objekt</translation>
  </message>
  <message>
   <source>it holds characters that no program takes</source>
   <translation>er enthält Zeichen, die kein Programm annimmt</translation>
  </message>
  <message>
   <source>args has to be a list of texts</source>
   <translation>args muss eine Liste von Texten sein</translation>
  </message>
  <message>
   <source>cwd has to be a folder</source>
   <translation>cwd muss ein Ordner sein</translation>
  </message>
  <message>
   <source>{field} has to hold texts</source>
   <translation>{field} muss Texte enthalten</translation>
  </message>
  <message>
   <source>That is no list of servers: it is nested too deeply.</source>
   <translation>Das ist keine Liste von Servern: Es ist zu tief verschachtelt.</translation>
  </message>
  <message>
   <source>risk is one of {risks}</source>
   <translation>risk ist eines von {risks}</translation>
  </message>
  <message>
   <source>it cannot be reached or does not speak MCP ({kind}).</source>
   <translation>er ist nicht erreichbar oder spricht kein MCP ({kind}).</translation>
  </message>
  <message>
   <source>The server {name} refused: {why}</source>
   <translation>Der Server {name} hat abgelehnt: {why}</translation>
  </message>
  <message>
   <source>its command is not installed here.</source>
   <translation>sein Kommando ist hier nicht installiert.</translation>
  </message>
  <message>
   <source>it ended or refused ({why}).</source>
   <translation>er endete oder hat abgelehnt ({why}).</translation>
  </message>
  <message>
   <source>The server {name} took too long to answer.</source>
   <translation>Der Server {name} hat zu lange nicht geantwortet.</translation>
  </message>
  <message>
   <source>The server {name} went away in the middle of it. Whether it was done is not known; the next call starts the server again.</source>
   <translation>Der Server {name} ist mittendrin verschwunden. Ob es getan wurde, ist nicht bekannt; der nächste Aufruf startet ihn wieder.</translation>
  </message>
  <message>
   <source>It was probably done, but the server {name} answered in a way that cannot be read.</source>
   <translation>Es ist wahrscheinlich getan, aber der Server {name} hat so geantwortet, dass es nicht zu lesen ist.</translation>
  </message>
  <message>
   <source>The server {name} is not there: {why}</source>
   <translation>Der Server {name} ist nicht da: {why}</translation>
  </message>
  <message>
   <source>it did not answer within {limit} s.</source>
   <translation>er hat nicht innerhalb von {limit} s geantwortet.</translation>
  </message>
  <message>
   <source>There can be {count} servers at most. Remove some first.</source>
   <translation>Es können höchstens {count} Server sein. Entferne erst welche.</translation>
  </message>
  <message>
   <source>There is no MCP server {name}.</source>
   <translation>Es gibt keinen MCP-Server {name}.</translation>
  </message>
  <message>
   <source>Ask {server} to do {tool} with {arguments}</source>
   <translation>{server} um {tool} bitten, mit {arguments}</translation>
  </message>
  <message>
   <source>{server} could not do {tool}: {why}</source>
   <translation>{server} konnte {tool} nicht tun: {why}</translation>
  </message>
  <message>
   <source>{name} sent an answer without an end.</source>
   <translation>{name} hat eine Antwort ohne Ende geschickt.</translation>
  </message>
  <message>
   <source>{name} has sent nothing for {seconds} seconds; I gave up.</source>
   <translation>{name} hat {seconds} Sekunden lang nichts geschickt; ich habe aufgegeben.</translation>
  </message>
  <message>
   <source>{name} broke off in the middle of its answer.</source>
   <translation>{name} hat mitten in der Antwort abgebrochen.</translation>
  </message>
  <message>
   <source>Nothing answers at {name}; is the language model running?</source>
   <translation>Unter {name} antwortet nichts; läuft das Sprachmodell?</translation>
  </message>
  <message>
   <source>{name} took too long to take my question.</source>
   <translation>{name} hat zu lange gebraucht, meine Frage anzunehmen.</translation>
  </message>
  <message>
   <source>{name} sent something that is no transcript.</source>
   <translation>{name} hat etwas geschickt, das keine Abschrift ist.</translation>
  </message>
  <message>
   <source>{path} cannot be written: {why}</source>
   <translation>{path} lässt sich nicht schreiben: {why}</translation>
  </message>
  <message>
   <source>{text} [{count} more characters left out]</source>
   <translation>{text} [{count} weitere Zeichen weggelassen]</translation>
  </message>
  <message>
   <source>{sentence} {said}</source>
   <translation>{sentence} {said}</translation>
  </message>
  <message>
   <source>it answered, but used no tool</source>
   <translation>es hat geantwortet, aber kein Werkzeug benutzt</translation>
  </message>
  <message>
   <source>it sent its answer in one piece</source>
   <translation>es hat seine Antwort in einem Stück geschickt</translation>
  </message>
  <message>
   <source>{name} did not take my question, status {status}.</source>
   <translation>{name} hat meine Frage nicht angenommen, Status {status}.</translation>
  </message>
  <message>
   <source>{name} did not accept the key; enter it again, in the settings or with aside mind use --key.</source>
   <translation>{name} hat den Schlüssel nicht angenommen; gib ihn noch einmal ein, in den Einstellungen oder mit aside mind use --key.</translation>
  </message>
  <message>
   <source>{name} is too busy to answer now; try again later.</source>
   <translation>{name} ist jetzt zu beschäftigt für eine Antwort; versuch es später noch einmal.</translation>
  </message>
  <message>
   <source>{name} failed inside and gave no answer.</source>
   <translation>{name} ist innen gescheitert und hat keine Antwort gegeben.</translation>
  </message>
  <message>
   <source>{name} does not know the model {model}.</source>
   <translation>{name} kennt das Modell {model} nicht.</translation>
  </message>
  <message>
   <source>{name} sends me elsewhere; put the address it names into the settings.</source>
   <translation>{name} schickt mich woandershin; trag die genannte Adresse in die Einstellungen ein.</translation>
  </message>
  <message>
   <source>{tool} describes its arguments in a way that cannot be used.</source>
   <translation>{tool} beschreibt seine Angaben so, dass sie nicht zu gebrauchen sind.</translation>
  </message>
  <message>
   <source>{field} has to be {limit} or more.</source>
   <translation>{field} muss mindestens {limit} sein.</translation>
  </message>
  <message>
   <source>{field} has to be more than {limit}.</source>
   <translation>{field} muss mehr als {limit} sein.</translation>
  </message>
  <message>
   <source>{field} has to be {limit} or less.</source>
   <translation>{field} darf höchstens {limit} sein.</translation>
  </message>
  <message>
   <source>{field} has to be less than {limit}.</source>
   <translation>{field} muss weniger als {limit} sein.</translation>
  </message>
  <message>
   <source>{field} is too short.</source>
   <translation>{field} ist zu kurz.</translation>
  </message>
  <message>
   <source>{field} has to be at most {limit} characters long.</source>
   <translation>{field} darf höchstens {limit} Zeichen lang sein.</translation>
  </message>
  <message>
   <source>{field} has too few entries.</source>
   <translation>{field} hat zu wenige Einträge.</translation>
  </message>
  <message>
   <source>{field} has to have at most {limit} entries.</source>
   <translation>{field} darf höchstens {limit} Einträge haben.</translation>
  </message>
  <message>
   <source>{field} has to be a multiple of {limit}.</source>
   <translation>{field} muss ein Vielfaches von {limit} sein.</translation>
  </message>
  <message>
   <source>{field} has to be a text.</source>
   <translation>{field} muss ein Text sein.</translation>
  </message>
  <message>
   <source>{field} has to be a number.</source>
   <translation>{field} muss eine Zahl sein.</translation>
  </message>
  <message>
   <source>{field} has to be a whole number.</source>
   <translation>{field} muss eine ganze Zahl sein.</translation>
  </message>
  <message>
   <source>{field} has to be true or false.</source>
   <translation>{field} muss wahr oder falsch sein.</translation>
  </message>
  <message>
   <source>{field} has to be a list.</source>
   <translation>{field} muss eine Liste sein.</translation>
  </message>
  <message>
   <source>{field} has to be an object with fields.</source>
   <translation>{field} muss ein Objekt mit Feldern sein.</translation>
  </message>
  <message>
   <source>{field} is not valid ({rule}).</source>
   <translation>{field} ist nicht gültig ({rule}).</translation>
  </message>
  <message>
   <source>{field} is missing.</source>
   <translation>{field} fehlt.</translation>
  </message>
  <message>
   <source>{field} is not known to it.</source>
   <translation>{field} kennt es nicht.</translation>
  </message>
  <message>
   <source>{field} has to be one of {choices}.</source>
   <translation>{field} muss eines davon sein: {choices}.</translation>
  </message>
  <message>
   <source>what it was given</source>
   <translation>was es bekam</translation>
  </message>
  <message>
   <source>{tool} cannot take that: {why}</source>
   <translation>{tool} kann das nicht annehmen: {why}</translation>
  </message>
  <message>
   <source>{tool} was given too much at once.</source>
   <translation>{tool} bekam zu viel auf einmal.</translation>
  </message>
  <message>
   <source>{tool} was given arguments nested too deep.</source>
   <translation>{tool} bekam zu tief verschachtelte Angaben.</translation>
  </message>
  <message>
   <source>{tool} was given what is no plain JSON.</source>
   <translation>{tool} bekam etwas, das kein einfaches JSON ist.</translation>
  </message>
  <message>
   <source>I cannot do that alone, choose who thinks for me in the settings.</source>
   <translation>Das kann ich nicht allein, wähle in den Einstellungen, wer für mich denkt.</translation>
  </message>
  <message>
   <source>You told me to stop, so I do nothing until you let me.</source>
   <translation>Du hast mich angehalten, darum tue ich nichts, bis du mich lässt.</translation>
  </message>
  <message>
   <source>I have too many things to do, ask me again later.</source>
   <translation>Ich habe zu viel zu tun, frag mich später noch einmal.</translation>
  </message>
  <message>
   <source>Something went wrong, so I stopped.</source>
   <translation>Etwas ging schief, darum habe ich aufgehört.</translation>
  </message>
  <message>
   <source>That took too long, so I stopped.</source>
   <translation>Das dauerte zu lange, darum habe ich aufgehört.</translation>
  </message>
  <message>
   <source>I was cut off before I was done.</source>
   <translation>Ich wurde unterbrochen, bevor ich fertig war.</translation>
  </message>
  <message>
   <source>I was cut off before this was done: {request}.</source>
   <translation>Ich wurde unterbrochen, bevor dies getan war: {request}.</translation>
  </message>
  <message>
   <source>I did not do that. {why}</source>
   <translation>Ich habe das nicht getan. {why}</translation>
  </message>
  <message>
   <source>I cannot do that here.</source>
   <translation>Das kann ich hier nicht.</translation>
  </message>
  <message>
   <source>You said no.</source>
   <translation>Du hast Nein gesagt.</translation>
  </message>
  <message>
   <source>You said no before.</source>
   <translation>Du hast schon nein gesagt.</translation>
  </message>
  <message>
   <source>You do not want that.</source>
   <translation>Du willst das nicht.</translation>
  </message>
  <message>
   <source>Too many questions were waiting for you.</source>
   <translation>Zu viele Fragen warteten auf dich.</translation>
  </message>
  <message>
   <source>Nobody answered in time.</source>
   <translation>Niemand hat rechtzeitig geantwortet.</translation>
  </message>
  <message>
   <source>I got no right answer.</source>
   <translation>Ich bekam keine richtige Antwort.</translation>
  </message>
  <message>
   <source>I could not ask you.</source>
   <translation>Ich konnte dich nicht fragen.</translation>
  </message>
  <message>
   <source>I stopped, that was getting too long.</source>
   <translation>Ich habe aufgehört, das wurde zu lang.</translation>
  </message>
  <message>
   <source>I stopped, that has cost enough.</source>
   <translation>Ich habe aufgehört, das hat genug gekostet.</translation>
  </message>
  <message>
   <source>I stopped, the money for today is used up.</source>
   <translation>Ich habe aufgehört, das Geld für heute ist verbraucht.</translation>
  </message>
  <message>
   <source>I stopped, the answer had no end.</source>
   <translation>Ich habe aufgehört, die Antwort nahm kein Ende.</translation>
  </message>
  <message>
   <source>I stopped, those were too many steps.</source>
   <translation>Ich habe aufgehört, das waren zu viele Schritte.</translation>
  </message>
  <message>
   <source>I stopped, it went round and round.</source>
   <translation>Ich habe aufgehört, es ging im Kreis.</translation>
  </message>
  <message>
   <source>Tell me what to work out, such as twelve times seven.</source>
   <translation>Sag mir, was ich ausrechnen soll, etwa zwölf mal sieben.</translation>
  </message>
  <message>
   <source>Tell me how long, such as ten minutes.</source>
   <translation>Sag mir, wie lange, zum Beispiel zehn Minuten.</translation>
  </message>
  <message>
   <source>Tell me what to write down.</source>
   <translation>Sag mir, was ich aufschreiben soll.</translation>
  </message>
  <message>
   <source>Tell me what to open.</source>
   <translation>Sag mir, was ich öffnen soll.</translation>
  </message>
  <message>
   <source>Tell me what to search for.</source>
   <translation>Sag mir, wonach ich suchen soll.</translation>
  </message>
  <message>
   <source>That is {number}.</source>
   <translation>Das ist {number}.</translation>
  </message>
  <message>
   <source>That is about {number}.</source>
   <translation>Das ist ungefähr {number}.</translation>
  </message>
  <message>
   <source>That divides by zero.</source>
   <translation>Das teilt durch null.</translation>
  </message>
  <message>
   <source>I cannot work that out, give it to me in numbers.</source>
   <translation>Das kann ich nicht ausrechnen, gib es mir in Zahlen.</translation>
  </message>
  <message>
   <source>That has no answer that I can work out.</source>
   <translation>Das hat kein Ergebnis, das ich ausrechnen kann.</translation>
  </message>
  <message>
   <source>That number is too big to write down.</source>
   <translation>Diese Zahl ist zu groß zum Aufschreiben.</translation>
  </message>
  <message>
   <source>That is too long, give it to me in parts.</source>
   <translation>Das ist zu lang, gib es mir in Teilen.</translation>
  </message>
  <message>
   <source>It is {time}.</source>
   <translation>Es ist {time}.</translation>
  </message>
  <message>
   <source>It is {time} in {place}.</source>
   <translation>In {place} ist es {time}.</translation>
  </message>
  <message>
   <source>A timer of {length} is running.</source>
   <translation>Ein Timer über {length} läuft.</translation>
  </message>
  <message>
   <source>A reminder is set for {when}.</source>
   <translation>Eine Erinnerung ist gestellt: {when}.</translation>
  </message>
  <message>
   <source>The timer is off.</source>
   <translation>Der Timer ist aus.</translation>
  </message>
  <message>
   <source>The reminder is off.</source>
   <translation>Die Erinnerung ist aus.</translation>
  </message>
  <message>
   <source>Time is up.</source>
   <translation>Die Zeit ist um.</translation>
  </message>
  <message>
   <source>{ring} It was due at {time} on {day}, I was not there.</source>
   <translation>{ring} Es war am {day} um {time} fällig, da war ich nicht da.</translation>
  </message>
  <message>
   <source>You have no timers.</source>
   <translation>Du hast keine Timer.</translation>
  </message>
  <message>
   <source>One timer</source>
   <translation>Ein Timer</translation>
  </message>
  <message>
   <source>One reminder</source>
   <translation>Eine Erinnerung</translation>
  </message>
  <message>
   <source>{count} timers</source>
   <translation>{count} Timer</translation>
  </message>
  <message>
   <source>{count} reminders</source>
   <translation>{count} Erinnerungen</translation>
  </message>
  <message>
   <source>{count} timers and reminders</source>
   <translation>{count} Timer und Erinnerungen</translation>
  </message>
  <message>
   <source>{label} in {length}</source>
   <translation>{label} in {length}</translation>
  </message>
  <message>
   <source>{length} left</source>
   <translation>in {length}</translation>
  </message>
  <message>
   <source>Noted under {title}.</source>
   <translation>Unter {title} notiert.</translation>
  </message>
  <message>
   <source>The note is gone.</source>
   <translation>Die Notiz ist weg.</translation>
  </message>
  <message>
   <source>The note {title} says: {text}.</source>
   <translation>In der Notiz {title} steht: {text}.</translation>
  </message>
  <message>
   <source>You have no notes.</source>
   <translation>Du hast keine Notizen.</translation>
  </message>
  <message>
   <source>No note has that in it.</source>
   <translation>In keiner Notiz steht das.</translation>
  </message>
  <message>
   <source>One note</source>
   <translation>Eine Notiz</translation>
  </message>
  <message>
   <source>{count} notes</source>
   <translation>{count} Notizen</translation>
  </message>
  <message>
   <source>{what}: {one}.</source>
   <translation>{what}: {one}.</translation>
  </message>
  <message>
   <source>{what}: {one}, and {two}.</source>
   <translation>{what}: {one} und {two}.</translation>
  </message>
  <message>
   <source>{what}, the first are {one}, and {two}.</source>
   <translation>{what}, die ersten sind {one} und {two}.</translation>
  </message>
  <message>
   <source>I found no file of that name.</source>
   <translation>Ich habe keine Datei mit diesem Namen gefunden.</translation>
  </message>
  <message>
   <source>I found one file: {name}.</source>
   <translation>Ich habe eine Datei gefunden: {name}.</translation>
  </message>
  <message>
   <source>I found {count} files.</source>
   <translation>Ich habe {count} Dateien gefunden.</translation>
  </message>
  <message>
   <source>I found {count} files or more.</source>
   <translation>Ich habe {count} Dateien oder mehr gefunden.</translation>
  </message>
  <message>
   <source>There is one line in it.</source>
   <translation>Eine Zeile steht darin.</translation>
  </message>
  <message>
   <source>There are {count} lines in it.</source>
   <translation>{count} Zeilen stehen darin.</translation>
  </message>
  <message>
   <source>You have copied no text.</source>
   <translation>Du hast keinen Text kopiert.</translation>
  </message>
  <message>
   <source>It is copied.</source>
   <translation>Es ist kopiert.</translation>
  </message>
  <message>
   <source>I have read the page.</source>
   <translation>Ich habe die Seite gelesen.</translation>
  </message>
  <message>
   <source>I asked for the page to be opened.</source>
   <translation>Ich habe die Seite öffnen lassen.</translation>
  </message>
  <message>
   <source>{name} is starting.</source>
   <translation>{name} startet.</translation>
  </message>
  <message>
   <source>I find no {name} here, say its name as the menu has it.</source>
   <translation>Ich finde hier kein {name}, sag den Namen, wie er im Menü steht.</translation>
  </message>
  <message>
   <source>There are several, say which: {names}.</source>
   <translation>Es gibt mehrere, sag welches: {names}.</translation>
  </message>
  <message>
   <source>I cannot search the web yet, choose who is asked in the settings.</source>
   <translation>Ich kann noch nicht im Web suchen, wähle in den Einstellungen, wer gefragt wird.</translation>
  </message>
  <message>
   <source>I found one result.</source>
   <translation>Ich habe ein Ergebnis gefunden.</translation>
  </message>
  <message>
   <source>I found {count} results.</source>
   <translation>Ich habe {count} Ergebnisse gefunden.</translation>
  </message>
  <message>
   <source>I do not see your screen, share it first.</source>
   <translation>Ich sehe deinen Bildschirm nicht, gib ihn erst frei.</translation>
  </message>
  <message>
   <source>I do not see the camera, switch it on first.</source>
   <translation>Ich sehe die Kamera nicht, schalte sie erst ein.</translation>
  </message>
  <message>
   <source>I cannot tell what is there, choose who looks for me in the settings.</source>
   <translation>Ich kann nicht sagen, was da ist, wähle in den Einstellungen, wer für mich hinsieht.</translation>
  </message>
  <message>
   <source>I can read no text on your screen.</source>
   <translation>Ich kann auf deinem Bildschirm keinen Text lesen.</translation>
  </message>
  <message>
   <source>I read one line of text on your screen.</source>
   <translation>Ich lese eine Zeile Text auf deinem Bildschirm.</translation>
  </message>
  <message>
   <source>I read {count} lines of text on your screen.</source>
   <translation>Ich lese {count} Zeilen Text auf deinem Bildschirm.</translation>
  </message>
  <message>
   <source>It is shown.</source>
   <translation>Es wird gezeigt.</translation>
  </message>
  <message>
   <source>It is shown, and nothing was pressed yet.</source>
   <translation>Es wird gezeigt, und noch wurde nichts gedrückt.</translation>
  </message>
  <message>
   <source>I have your answer.</source>
   <translation>Ich habe deine Antwort.</translation>
  </message>
  <message>
   <source>I have typed it.</source>
   <translation>Ich habe es getippt.</translation>
  </message>
  <message>
   <source>I have pressed it.</source>
   <translation>Ich habe sie gedrückt.</translation>
  </message>
  <message>
   <source>I have clicked there.</source>
   <translation>Ich habe dort geklickt.</translation>
  </message>
  <message>
   <source>The command is done.</source>
   <translation>Der Befehl ist fertig.</translation>
  </message>
  <message>
   <source>The command failed.</source>
   <translation>Der Befehl ist fehlgeschlagen.</translation>
  </message>
  <message>
   <source>I have an answer from {server}.</source>
   <translation>Ich habe eine Antwort von {server}.</translation>
  </message>
  <message>
   <source>What thinks for me does not answer.</source>
   <translation>Wer für mich denkt, antwortet nicht.</translation>
  </message>
  <message>
   <source>I waited too long for an answer.</source>
   <translation>Ich habe zu lange auf eine Antwort gewartet.</translation>
  </message>
  <message>
   <source>What thinks for me is busy, ask me again later.</source>
   <translation>Wer für mich denkt, ist beschäftigt, frag mich später noch einmal.</translation>
  </message>
  <message>
   <source>What thinks for me did not take my question.</source>
   <translation>Wer für mich denkt, hat meine Frage nicht angenommen.</translation>
  </message>
  <message>
   <source>What thinks for me failed, so I have no answer.</source>
   <translation>Wer für mich denkt, hat versagt, darum habe ich keine Antwort.</translation>
  </message>
  <message>
   <source>I got an answer that I cannot read.</source>
   <translation>Ich bekam eine Antwort, die ich nicht lesen kann.</translation>
  </message>
  <message>
   <source>The answer broke off before its end.</source>
   <translation>Die Antwort brach vor ihrem Ende ab.</translation>
  </message>
  <message>
   <source>I was not let in, look at the key in the settings.</source>
   <translation>Ich wurde nicht eingelassen, sieh dir den Schlüssel in den Einstellungen an.</translation>
  </message>
  <message>
   <source>Time is up: {label}.</source>
   <translation>Die Zeit ist um: {label}.</translation>
  </message>
  <message>
   <source>Remember: {label}.</source>
   <translation>Denk daran: {label}.</translation>
  </message>
  <message>
   <source>Monday</source>
   <translation>Montag</translation>
  </message>
  <message>
   <source>Tuesday</source>
   <translation>Dienstag</translation>
  </message>
  <message>
   <source>Wednesday</source>
   <translation>Mittwoch</translation>
  </message>
  <message>
   <source>Thursday</source>
   <translation>Donnerstag</translation>
  </message>
  <message>
   <source>Friday</source>
   <translation>Freitag</translation>
  </message>
  <message>
   <source>Saturday</source>
   <translation>Samstag</translation>
  </message>
  <message>
   <source>Sunday</source>
   <translation>Sonntag</translation>
  </message>
  <message>
   <source>{path} has to hold one object.</source>
   <translation>{path} muss ein Objekt enthalten.</translation>
  </message>
  <message>
   <source>That is no web address: it begins with https:// and a name.</source>
   <translation>Das ist keine Webadresse: Sie beginnt mit https:// und einem Namen.</translation>
  </message>
  <message>
   <source>That web address holds a space or a line break.</source>
   <translation>Diese Webadresse enthält ein Leerzeichen oder einen Zeilenumbruch.</translation>
  </message>
  <message>
   <source>That web address is too long or holds letters that addresses do not.</source>
   <translation>Diese Webadresse ist zu lang oder enthält Zeichen, die in Adressen nicht vorkommen.</translation>
  </message>
  <message>
   <source>{host} is on this machine or in this house; pages there are not read.</source>
   <translation>{host} ist auf diesem Rechner oder in diesem Haus; Seiten dort werden nicht gelesen.</translation>
  </message>
  <message>
   <source>That is no web address.</source>
   <translation>Das ist keine Webadresse.</translation>
  </message>
  <message>
   <source>{host} is not known, or there is no network now.</source>
   <translation>{host} ist nicht bekannt, oder es gibt jetzt kein Netz.</translation>
  </message>
  <message>
   <source>That time is over: {when}.</source>
   <translation>Diese Zeit ist vorbei: {when}.</translation>
  </message>
  <message>
   <source>There is no timer or reminder of that id.</source>
   <translation>Es gibt keinen Timer und keine Erinnerung mit dieser Nummer.</translation>
  </message>
  <message>
   <source>It would have rung by now.</source>
   <translation>Es hätte inzwischen geklingelt.</translation>
  </message>
  <message>
   <source>There are {most} timers and reminders already. Cancel some.</source>
   <translation>Es gibt schon {most} Timer und Erinnerungen. Brich welche ab.</translation>
  </message>
  <message>
   <source>What it was is no longer known.</source>
   <translation>Was es war, ist nicht mehr bekannt.</translation>
  </message>
  <message>
   <source>That holds something that is no arithmetic.</source>
   <translation>Darin steht etwas, das keine Rechnung ist.</translation>
  </message>
  <message>
   <source>There is no such function. There are: {known}.</source>
   <translation>Diese Funktion gibt es nicht. Es gibt: {known}.</translation>
  </message>
  <message>
   <source>That is no number.</source>
   <translation>Das ist keine Zahl.</translation>
  </message>
  <message>
   <source>Work out {sum}.</source>
   <translation>{sum} ausrechnen.</translation>
  </message>
  <message>
   <source>Convert {amount} {unit} to {to}.</source>
   <translation>{amount} {unit} in {to} umrechnen.</translation>
  </message>
  <message>
   <source>That is no unit: give a name such as mile, km/h or degC.</source>
   <translation>Das ist keine Einheit: Gib einen Namen wie mile, km/h oder degC.</translation>
  </message>
  <message>
   <source>There is no such unit as {unit} here.</source>
   <translation>Die Einheit {unit} gibt es hier nicht.</translation>
  </message>
  <message>
   <source>{unit} cannot be converted to {to}: they measure other things.</source>
   <translation>{unit} lässt sich nicht in {to} umrechnen: Sie messen Verschiedenes.</translation>
  </message>
  <message>
   <source>{unit} or {to} is no unit that can be converted.</source>
   <translation>{unit} oder {to} ist keine Einheit, die sich umrechnen lässt.</translation>
  </message>
  <message>
   <source>Show a card, or change one that is shown.</source>
   <translation>Eine Karte zeigen oder eine gezeigte ändern.</translation>
  </message>
  <message>
   <source>No message names a card by its surfaceId.</source>
   <translation>Keine Nachricht nennt eine Karte mit ihrer surfaceId.</translation>
  </message>
  <message>
   <source>Read the text on the clipboard.</source>
   <translation>Den Text in der Zwischenablage lesen.</translation>
  </message>
  <message>
   <source>Put on the clipboard: {text}</source>
   <translation>In die Zwischenablage legen: {text}</translation>
  </message>
  <message>
   <source>The clipboard holds what it held before.</source>
   <translation>Die Zwischenablage enthält wieder, was vorher darin war.</translation>
  </message>
  <message>
   <source>What was on the clipboard before is no longer known.</source>
   <translation>Was vorher in der Zwischenablage war, ist nicht mehr bekannt.</translation>
  </message>
  <message>
   <source>Something else was copied since then, and it stays.</source>
   <translation>Seitdem wurde etwas anderes kopiert, und das bleibt.</translation>
  </message>
  <message>
   <source>Look at the clock.</source>
   <translation>Auf die Uhr sehen.</translation>
  </message>
  <message>
   <source>Look at the clock in {zone}.</source>
   <translation>Auf die Uhr in {zone} sehen.</translation>
  </message>
  <message>
   <source>There is no such time zone. Give one such as Europe/Lisbon.</source>
   <translation>Diese Zeitzone gibt es nicht. Gib eine wie Europe/Lisbon.</translation>
  </message>
  <message>
   <source>Run in the folder {folder}, enclosed: {line}</source>
   <translation>Im Ordner {folder} abgeschottet ausführen: {line}</translation>
  </message>
  <message>
   <source>That is no command.</source>
   <translation>Das ist kein Befehl.</translation>
  </message>
  <message>
   <source>That page sends its readers round in circles.</source>
   <translation>Diese Seite schickt ihre Leser im Kreis.</translation>
  </message>
  <message>
   <source>There is no such page, or not for us (status {status}).</source>
   <translation>Diese Seite gibt es nicht, oder nicht für uns (Status {status}).</translation>
  </message>
  <message>
   <source>That is no page to read ({kind}).</source>
   <translation>Das ist keine Seite zum Lesen ({kind}).</translation>
  </message>
  <message>
   <source>{name} did not answer as it should.</source>
   <translation>{name} hat nicht geantwortet, wie es sollte.</translation>
  </message>
  <message>
   <source>That page leads on to {address}: ask for it there.</source>
   <translation>Diese Seite führt weiter zu {address}: Frag dort danach.</translation>
  </message>
  <message>
   <source>Look for files named {name} in the folders that are not private.</source>
   <translation>In den nicht privaten Ordnern nach Dateien namens {name} suchen.</translation>
  </message>
  <message>
   <source>Read the file {path}.</source>
   <translation>Die Datei {path} lesen.</translation>
  </message>
  <message>
   <source>{name} holds no text. Open it with its application instead.</source>
   <translation>{name} enthält keinen Text. Öffne die Datei mit ihrem Programm.</translation>
  </message>
  <message>
   <source>{path} is no file that can be read.</source>
   <translation>{path} ist keine Datei, die sich lesen lässt.</translation>
  </message>
  <message>
   <source>{some} of {all} characters were typed</source>
   <translation>{some} von {all} Zeichen wurden getippt</translation>
  </message>
  <message>
   <source>left</source>
   <translation>links</translation>
  </message>
  <message>
   <source>right</source>
   <translation>rechts</translation>
  </message>
  <message>
   <source>double</source>
   <translation>doppelt</translation>
  </message>
  <message>
   <source>Type into {window}: {text}</source>
   <translation>In {window} tippen: {text}</translation>
  </message>
  <message>
   <source>typing exactly this into {window}</source>
   <translation>genau dies in {window} tippen</translation>
  </message>
  <message>
   <source>Typed into {window}.</source>
   <translation>In {window} getippt.</translation>
  </message>
  <message>
   <source>Press {key} in {window}.</source>
   <translation>{key} in {window} drücken.</translation>
  </message>
  <message>
   <source>pressing {key} in {window}</source>
   <translation>{key} in {window} drücken</translation>
  </message>
  <message>
   <source>Pressed {key} in {window}.</source>
   <translation>{key} in {window} gedrückt.</translation>
  </message>
  <message>
   <source>Click ({how}) at {x}, {y} over {window}.</source>
   <translation>Bei {x}, {y} über {window} klicken ({how}).</translation>
  </message>
  <message>
   <source>this click over {window}</source>
   <translation>dieser Klick über {window}</translation>
  </message>
  <message>
   <source>Clicked at {x}, {y}.</source>
   <translation>Bei {x}, {y} geklickt.</translation>
  </message>
  <message>
   <source>Aside is typing into {window}</source>
   <translation>Aside tippt in {window}</translation>
  </message>
  <message>
   <source>Aside presses {key}</source>
   <translation>Aside drückt {key}</translation>
  </message>
  <message>
   <source>Aside clicks</source>
   <translation>Aside klickt</translation>
  </message>
  <message>
   <source>That text holds characters that cannot be seen, so it is not typed.</source>
   <translation>Dieser Text enthält unsichtbare Zeichen, darum wird er nicht getippt.</translation>
  </message>
  <message>
   <source>This keyboard cannot type all of these letters. Copy them for pasting.</source>
   <translation>Diese Tastatur kann nicht alle diese Buchstaben tippen. Kopiere sie zum Einfügen.</translation>
  </message>
  <message>
   <source>The user stopped it: {so_far}.</source>
   <translation>Vom Benutzer angehalten: {so_far}.</translation>
  </message>
  <message>
   <source>Another window came to the front: {so_far}.</source>
   <translation>Ein anderes Fenster kam nach vorn: {so_far}.</translation>
  </message>
  <message>
   <source>nothing was pressed</source>
   <translation>nichts wurde gedrückt</translation>
  </message>
  <message>
   <source>nothing was clicked</source>
   <translation>nichts wurde angeklickt</translation>
  </message>
  <message>
   <source>That is no time: give one such as 15:30, or 2031-05-17 15:30 with its date.</source>
   <translation>Das ist keine Zeit: Gib eine wie 15:30, oder mit dem Tag 2031-05-17 15:30.</translation>
  </message>
  <message>
   <source>{program} is needed to open things: install it first.</source>
   <translation>Zum Öffnen wird {program} gebraucht: Installiere es zuerst.</translation>
  </message>
  <message>
   <source>It could not be opened: {program} failed.</source>
   <translation>Es ließ sich nicht öffnen: {program} ist gescheitert.</translation>
  </message>
  <message>
   <source>Windows has nothing to open that with.</source>
   <translation>Windows hat nichts, womit sich das öffnen lässt.</translation>
  </message>
  <message>
   <source>Look at the screen and read what stands there.</source>
   <translation>Auf den Bildschirm sehen und lesen, was dort steht.</translation>
  </message>
  <message>
   <source>Look through the camera.</source>
   <translation>Durch die Kamera sehen.</translation>
  </message>
  <message>
   <source>The note {title} is as it was before.</source>
   <translation>Die Notiz {title} ist wieder wie vorher.</translation>
  </message>
  <message>
   <source>Add to the note {title}: {text}</source>
   <translation>Zur Notiz {title} hinzufügen: {text}</translation>
  </message>
  <message>
   <source>Delete the note {title}.</source>
   <translation>Die Notiz {title} löschen.</translation>
  </message>
  <message>
   <source>Read the note {title}.</source>
   <translation>Die Notiz {title} lesen.</translation>
  </message>
  <message>
   <source>List the notes.</source>
   <translation>Die Notizen auflisten.</translation>
  </message>
  <message>
   <source>Write a new note {title}: {text}</source>
   <translation>Eine neue Notiz {title} schreiben: {text}</translation>
  </message>
  <message>
   <source>Replace the note {title}: {text}</source>
   <translation>Die Notiz {title} ersetzen: {text}</translation>
  </message>
  <message>
   <source>List the notes that contain {text}.</source>
   <translation>Die Notizen auflisten, die {text} enthalten.</translation>
  </message>
  <message>
   <source>A note needs a short title with a letter or a digit in it.</source>
   <translation>Eine Notiz braucht einen kurzen Titel mit einem Buchstaben oder einer Ziffer.</translation>
  </message>
  <message>
   <source>That note is a link to elsewhere, and is left alone.</source>
   <translation>Diese Notiz ist eine Verknüpfung nach anderswo und bleibt unberührt.</translation>
  </message>
  <message>
   <source>What the note was before is no longer kept.</source>
   <translation>Was die Notiz vorher war, ist nicht mehr aufbewahrt.</translation>
  </message>
  <message>
   <source>The note was changed since then, and stays as it is.</source>
   <translation>Die Notiz wurde seither geändert und bleibt, wie sie ist.</translation>
  </message>
  <message>
   <source>There are {most} notes already. Delete some first.</source>
   <translation>Es gibt schon {most} Notizen. Lösch erst welche.</translation>
  </message>
  <message>
   <source>The note would become too long. Begin another.</source>
   <translation>Die Notiz würde zu lang. Fang eine neue an.</translation>
  </message>
  <message>
   <source>There is no note of that title.</source>
   <translation>Es gibt keine Notiz mit diesem Titel.</translation>
  </message>
  <message>
   <source>That note is too long to be read here.</source>
   <translation>Diese Notiz ist zu lang, um hier gelesen zu werden.</translation>
  </message>
  <message>
   <source>Open in the browser: {address}</source>
   <translation>Im Browser öffnen: {address}</translation>
  </message>
  <message>
   <source>The browser was asked to open {address}.</source>
   <translation>Der Browser wurde gebeten, {address} zu öffnen.</translation>
  </message>
  <message>
   <source>Open the file {path}.</source>
   <translation>Die Datei {path} öffnen.</translation>
  </message>
  <message>
   <source>Start {name}.</source>
   <translation>{name} starten.</translation>
  </message>
  <message>
   <source>opening {address}</source>
   <translation>{address} öffnen</translation>
  </message>
  <message>
   <source>{name} is being opened.</source>
   <translation>{name} wird geöffnet.</translation>
  </message>
  <message>
   <source>starting {name}</source>
   <translation>{name} starten</translation>
  </message>
  <message>
   <source>{name} is a program or can hold one. Open it by hand.</source>
   <translation>{name} ist ein Programm oder kann eines enthalten. Öffne es von Hand.</translation>
  </message>
  <message>
   <source>Show that {done} of {count} steps are done.</source>
   <translation>Zeigen, dass {done} von {count} Schritten getan sind.</translation>
  </message>
  <message>
   <source>There are {count} steps: no more of them can be done.</source>
   <translation>Es sind {count} Schritte: mehr können nicht getan sein.</translation>
  </message>
  <message>
   <source>The command took longer than {limit} s and was stopped.</source>
   <translation>Der Befehl brauchte länger als {limit} s und wurde angehalten.</translation>
  </message>
  <message>
   <source>The search provider is set up in a way that is not known: see Settings.</source>
   <translation>Der Suchdienst ist auf eine unbekannte Weise eingerichtet: siehe Einstellungen.</translation>
  </message>
  <message>
   <source>Brave Search needs a key: enter it in the settings, under Tools.</source>
   <translation>Brave Search braucht einen Schlüssel: Gib ihn in den Einstellungen unter Werkzeuge ein.</translation>
  </message>
  <message>
   <source>Give the server's address, such as http://localhost:8888.</source>
   <translation>Gib die Adresse des Servers an, etwa http://localhost:8888.</translation>
  </message>
  <message>
   <source>The search provider did not answer as it should.</source>
   <translation>Der Suchdienst hat nicht geantwortet, wie er sollte.</translation>
  </message>
  <message>
   <source>The search provider answered with too much.</source>
   <translation>Der Suchdienst hat zu viel geantwortet.</translation>
  </message>
  <message>
   <source>The search provider refused (status {status}).</source>
   <translation>Der Suchdienst hat abgelehnt (Status {status}).</translation>
  </message>
  <message>
   <source>There is no such file here, or it is hidden or private.</source>
   <translation>Diese Datei gibt es hier nicht, oder sie ist versteckt oder privat.</translation>
  </message>
  <message>
   <source>Remind you on {when}: {label}</source>
   <translation>Dich erinnern am {when}: {label}</translation>
  </message>
  <message>
   <source>Remind you on {when} and every day after: {label}</source>
   <translation>Dich erinnern am {when} und danach jeden Tag: {label}</translation>
  </message>
  <message>
   <source>Remind you on {when} and every week after: {label}</source>
   <translation>Dich erinnern am {when} und danach jede Woche: {label}</translation>
  </message>
  <message>
   <source>Cancel the timer: {label}</source>
   <translation>Den Timer abbrechen: {label}</translation>
  </message>
  <message>
   <source>Cancel the reminder: {label}</source>
   <translation>Die Erinnerung abbrechen: {label}</translation>
  </message>
  <message>
   <source>The timer is cancelled: {label}</source>
   <translation>Der Timer ist abgebrochen: {label}</translation>
  </message>
  <message>
   <source>The reminder is cancelled: {label}</source>
   <translation>Die Erinnerung ist abgebrochen: {label}</translation>
  </message>
  <message>
   <source>The timer is back: {label}</source>
   <translation>Der Timer ist wieder da: {label}</translation>
  </message>
  <message>
   <source>The reminder is back: {label}</source>
   <translation>Die Erinnerung ist wieder da: {label}</translation>
  </message>
  <message>
   <source>{count} day</source>
   <translation>{count} Tag</translation>
  </message>
  <message>
   <source>{count} days</source>
   <translation>{count} Tagen</translation>
  </message>
  <message>
   <source>{count} hour</source>
   <translation>{count} Stunde</translation>
  </message>
  <message>
   <source>{count} hours</source>
   <translation>{count} Stunden</translation>
  </message>
  <message>
   <source>{count} minute</source>
   <translation>{count} Minute</translation>
  </message>
  <message>
   <source>{count} minutes</source>
   <translation>{count} Minuten</translation>
  </message>
  <message>
   <source>{count} second</source>
   <translation>{count} Sekunde</translation>
  </message>
  <message>
   <source>{count} seconds</source>
   <translation>{count} Sekunden</translation>
  </message>
  <message>
   <source>Set a timer of {length}.</source>
   <translation>Einen Timer von {length} stellen.</translation>
  </message>
  <message>
   <source>The timer is cancelled: {label}.</source>
   <translation>Der Timer ist abgebrochen: {label}.</translation>
  </message>
  <message>
   <source>The reminder is cancelled: {label}.</source>
   <translation>Die Erinnerung ist abgebrochen: {label}.</translation>
  </message>
  <message>
   <source>List the timers and reminders.</source>
   <translation>Timer und Erinnerungen auflisten.</translation>
  </message>
  <message>
   <source>Set a timer of {length} for: {label}.</source>
   <translation>Einen Timer von {length} stellen für: {label}.</translation>
  </message>
  <message>
   <source>{long} {short}</source>
   <translation>{long} {short}</translation>
  </message>
  <message>
   <source>It has rung already, or was cancelled.</source>
   <translation>Er hat schon geklingelt oder wurde abgebrochen.</translation>
  </message>
  <message>
   <source>That time is over, or too far away.</source>
   <translation>Diese Zeit ist vorbei oder zu weit weg.</translation>
  </message>
  <message>
   <source>Read the web page {address}</source>
   <translation>Die Webseite {address} lesen</translation>
  </message>
  <message>
   <source>Send to {place}: {query}</source>
   <translation>An {place} senden: {query}</translation>
  </message>
  <message>
   <source>reading pages of {site}</source>
   <translation>Seiten von {site} lesen</translation>
  </message>
  <message>
   <source>every search with {place}</source>
   <translation>jede Suche mit {place}</translation>
  </message>
  <message>
   <source>That needs a language model, and none is chosen yet: see Thinking in the settings.</source>
   <translation>Das braucht ein Sprachmodell, und noch ist keines gewählt: siehe Nachdenken in den Einstellungen.</translation>
  </message>
  <message>
   <source>has begun</source>
   <translation>hat begonnen</translation>
  </message>
  <message>
   <source>It may take no longer than {minutes} minutes.</source>
   <translation>Es darf nicht länger als {minutes} Minuten dauern.</translation>
  </message>
 </context>
</TS>
