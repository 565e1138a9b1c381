<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
 <context>
  <name>uninet::AttackPanel</name>
  <message>
   <source>attack options</source>
   <translation>Angriffsoptionen</translation>
  </message>
  <message>
   <source>Run</source>
   <translation>Starten</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Preset</source>
   <translation>Voreinstellung</translation>
  </message>
  <message>
   <source>Choose…</source>
   <translation>Wählen …</translation>
  </message>
  <message>
   <source>Attack</source>
   <translation>Angriff</translation>
  </message>
  <message>
   <source>Attack the image that is shown (F5)</source>
   <translation>Das gezeigte Bild angreifen (F5)</translation>
  </message>
  <message>
   <source>Stop and keep the best image so far (Esc)</source>
   <translation>Anhalten und das bisher beste Bild behalten (Esc)</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Fortschritt</translation>
  </message>
  <message>
   <source>Result of the attack</source>
   <translation>Ergebnis des Angriffs</translation>
  </message>
  <message>
   <source>%1: %2 of %3</source>
   <translation>%1: %2 von %3</translation>
  </message>
  <message>
   <source>, %1 left</source>
   <translation>, noch %1</translation>
  </message>
  <message>
   <source>&lt;b&gt;Stopped at %1 of %2&lt;/b&gt; iterations; the best image so far is shown.</source>
   <translation>&lt;b&gt;Angehalten nach %1 von %2&lt;/b&gt; Iterationen; gezeigt wird das bisher beste Bild.</translation>
  </message>
  <message numerus="yes">
   <source>%Ln iteration(s) in %1 s.</source>
   <translation>
    <numerusform>%Ln Iteration in %1 s.</numerusform>
    <numerusform>%Ln Iterationen in %1 s.</numerusform>
   </translation>
  </message>
  <message>
   <source>Measured: l∞ %1, l2 %2, %3 pixels changed.</source>
   <translation>Gemessen: l∞ %1, l2 %2, %3 Pixel geändert.</translation>
  </message>
  <message>
   <source>Objective %1 → %2.</source>
   <translation>Zielfunktion %1 → %2.</translation>
  </message>
  <message>
   <source>%1 % of the values stand at the bound.</source>
   <translation>%1 % der Werte stehen an der Grenze.</translation>
  </message>
  <message>
   <source>Greatest gradient entry at the flattest iterate: %1; zeros: %2 %.</source>
   <translation>Größter Gradienteneintrag am flachsten Schritt: %1; Nullen: %2 %.</translation>
  </message>
  <message>
   <source>Survives PNG: %1.</source>
   <translation>Übersteht PNG: %1.</translation>
  </message>
  <message>
   <source>Region</source>
   <translation>Ausschnitt</translation>
  </message>
  <message>
   <source>whole image</source>
   <translation>ganzes Bild</translation>
  </message>
  <message>
   <source>The part of the image that may change, in pixels of the network input:
box:x0,y0,x1,y1
polygon:x,y,x,y,x,y
instance:N (object N of the ground truth)
mask:FILE</source>
   <translation>Der Teil des Bildes, der sich ändern darf, in Pixeln der Netzwerkeingabe:
box:x0,y0,x1,y1
polygon:x,y,x,y,x,y
instance:N (Objekt N der Referenz)
mask:DATEI</translation>
  </message>
 </context>
 <context>
  <name>uninet::DataPanel</name>
  <message>
   <source>Search</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>Search images</source>
   <translation>Bilder suchen</translation>
  </message>
  <message>
   <source>Images</source>
   <translation>Bilder</translation>
  </message>
  <message numerus="yes">
   <source>&lt;b&gt;%1&lt;/b&gt;, %Ln image(s)%2</source>
   <translation>
    <numerusform>&lt;b&gt;%1&lt;/b&gt;, %Ln Bild%2</numerusform>
    <numerusform>&lt;b&gt;%1&lt;/b&gt;, %Ln Bilder%2</numerusform>
   </translation>
  </message>
  <message>
   <source>, without ground truth: no metrics</source>
   <translation>, ohne Referenzdaten: keine Metriken</translation>
  </message>
  <message>
   <source>No images. Drop pictures, a folder or a Cityscapes tree here, or choose File ▸ Open images.</source>
   <translation>Keine Bilder. Bilder, einen Ordner oder einen Cityscapes-Baum hier ablegen oder über das Menü Datei öffnen.</translation>
  </message>
 </context>
 <context>
  <name>uninet::DepthLegend</name>
  <message>
   <source>Colours of depth in metres</source>
   <translation>Farben der Tiefe in Metern</translation>
  </message>
  <message>
   <source>%1 m</source>
   <translation>%1 m</translation>
  </message>
 </context>
 <context>
  <name>uninet::Document</name>
  <message>
   <source>%1 was stopped.</source>
   <translation>%1 wurde angehalten.</translation>
  </message>
  <message>
   <source>Opening %1</source>
   <translation>%1 wird geöffnet</translation>
  </message>
  <message>
   <source>Open a checkpoint first: mask components belong to a network.</source>
   <translation>Zuerst einen Checkpoint öffnen: Maskenkomponenten gehören zu einem Netz.</translation>
  </message>
  <message>
   <source>Opening pictures</source>
   <translation>Bilder werden geöffnet</translation>
  </message>
  <message>
   <source>Opening Streetscape</source>
   <translation>Streetscape wird geöffnet</translation>
  </message>
  <message>
   <source>These pictures have no ground truth: outputs and attacks work, metrics need a Cityscapes tree.</source>
   <translation>Diese Bilder haben keine Referenzdaten: Ausgaben und Angriffe gehen, Metriken brauchen einen Cityscapes-Baum.</translation>
  </message>
  <message>
   <source>Predicting</source>
   <translation>Vorhersage</translation>
  </message>
  <message>
   <source>Saving</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <source>Saved to %1.</source>
   <translation>Gespeichert in %1.</translation>
  </message>
  <message>
   <source>Opening the demo network</source>
   <translation>Öffne das Demo-Netz</translation>
  </message>
  <message>
   <source>The attack was stopped: another network or other images were opened.</source>
   <translation>Der Angriff wurde angehalten: ein anderes Netz oder andere Bilder wurden geöffnet.</translation>
  </message>
 </context>
 <context>
  <name>uninet::LogView</name>
  <message>
   <source>Log</source>
   <translation>Protokoll</translation>
  </message>
  <message>
   <source>What the program does is written here.</source>
   <translation>Hier steht, was das Programm tut.</translation>
  </message>
 </context>
 <context>
  <name>uninet::LossPlot</name>
  <message>
   <source>Losses over the iterations</source>
   <translation>Verluste über die Iterationen</translation>
  </message>
  <message>
   <source>iteration</source>
   <translation>Iteration</translation>
  </message>
  <message>
   <source>loss / loss at the start</source>
   <translation>Verlust / Verlust am Anfang</translation>
  </message>
 </context>
 <context>
  <name>uninet::MainWindow</name>
  <message>
   <source>Iteration that is shown</source>
   <translation>Gezeigte Iteration</translation>
  </message>
  <message>
   <source>Open a checkpoint to see this output</source>
   <translation>Checkpoint öffnen, um diese Ausgabe zu sehen</translation>
  </message>
  <message>
   <source>No mask components: drop pca_meinst.npz here or run &quot;uninet mask-components&quot;</source>
   <translation>Keine Maskenkomponenten: pca_meinst.npz hier ablegen oder „uninet mask-components“ ausführen</translation>
  </message>
  <message>
   <source>Run an attack (F5) to see what it does</source>
   <translation>Angriff starten (F5), um seine Wirkung zu sehen</translation>
  </message>
  <message>
   <source>Data</source>
   <translation>Daten</translation>
  </message>
  <message>
   <source>Attack</source>
   <translation>Angriff</translation>
  </message>
  <message>
   <source>Metric ratios</source>
   <translation>Metrikverhältnisse</translation>
  </message>
  <message>
   <source>Losses</source>
   <translation>Verluste</translation>
  </message>
  <message>
   <source>Log</source>
   <translation>Protokoll</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>Ergebnisse</translation>
  </message>
  <message>
   <source>&amp;File</source>
   <translation>&amp;Datei</translation>
  </message>
  <message>
   <source>Open &amp;checkpoint…</source>
   <translation>&amp;Checkpoint öffnen …</translation>
  </message>
  <message>
   <source>Open &amp;folder or Cityscapes…</source>
   <translation>&amp;Ordner oder Cityscapes öffnen …</translation>
  </message>
  <message>
   <source>Ctrl+Shift+O</source>
   <translation>Ctrl+Shift+O</translation>
  </message>
  <message>
   <source>Open &amp;pictures…</source>
   <translation>&amp;Bilder öffnen …</translation>
  </message>
  <message>
   <source>Ctrl+I</source>
   <translation>Ctrl+I</translation>
  </message>
  <message>
   <source>Built-in &amp;demo</source>
   <translation>Eingebaute &amp;Demo</translation>
  </message>
  <message>
   <source>Ctrl+D</source>
   <translation>Ctrl+D</translation>
  </message>
  <message>
   <source>&amp;Save result…</source>
   <translation>Ergebnis &amp;speichern …</translation>
  </message>
  <message>
   <source>&amp;Export chart…</source>
   <translation>Diagramm &amp;exportieren …</translation>
  </message>
  <message>
   <source>Ctrl+E</source>
   <translation>Ctrl+E</translation>
  </message>
  <message>
   <source>&amp;Quit</source>
   <translation>&amp;Beenden</translation>
  </message>
  <message>
   <source>&amp;Edit</source>
   <translation>&amp;Bearbeiten</translation>
  </message>
  <message>
   <source>&amp;Undo</source>
   <translation>&amp;Rückgängig</translation>
  </message>
  <message>
   <source>&amp;Redo</source>
   <translation>&amp;Wiederholen</translation>
  </message>
  <message>
   <source>&amp;View</source>
   <translation>&amp;Ansicht</translation>
  </message>
  <message>
   <source>&amp;Fit images</source>
   <translation>Bilder &amp;einpassen</translation>
  </message>
  <message>
   <source>Ctrl+0</source>
   <translation>Ctrl+0</translation>
  </message>
  <message>
   <source>&amp;All panels</source>
   <translation>&amp;Alle Felder</translation>
  </message>
  <message>
   <source>Ctrl+9</source>
   <translation>Ctrl+9</translation>
  </message>
  <message>
   <source>Image</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>Only %1</source>
   <translation>Nur %1</translation>
  </message>
  <message>
   <source>&amp;Attack</source>
   <translation>&amp;Angriff</translation>
  </message>
  <message>
   <source>&amp;Run</source>
   <translation>&amp;Starten</translation>
  </message>
  <message>
   <source>&amp;Stop</source>
   <translation>An&amp;halten</translation>
  </message>
  <message>
   <source>&amp;Next image</source>
   <translation>&amp;Nächstes Bild</translation>
  </message>
  <message>
   <source>&amp;Previous image</source>
   <translation>&amp;Voriges Bild</translation>
  </message>
  <message>
   <source>&amp;Presets</source>
   <translation>&amp;Voreinstellungen</translation>
  </message>
  <message>
   <source>&amp;Help</source>
   <translation>&amp;Hilfe</translation>
  </message>
  <message>
   <source>&amp;Keyboard</source>
   <translation>&amp;Tastatur</translation>
  </message>
  <message>
   <source>&amp;About UniNet Workbench</source>
   <translation>&amp;Über UniNet Workbench</translation>
  </message>
  <message>
   <source>Tools</source>
   <translation>Werkzeuge</translation>
  </message>
  <message>
   <source>Score</source>
   <translation>Punktzahl</translation>
  </message>
  <message>
   <source>Objects below this score are not drawn; metrics use all of them</source>
   <translation>Objekte unter dieser Punktzahl werden nicht gezeichnet; Metriken verwenden alle</translation>
  </message>
  <message>
   <source>Opacity</source>
   <translation>Deckkraft</translation>
  </message>
  <message>
   <source>Of the masks over the image</source>
   <translation>Der Masken über dem Bild</translation>
  </message>
  <message>
   <source>Network</source>
   <translation>Netz</translation>
  </message>
  <message>
   <source>Outputs at the cursor</source>
   <translation>Ausgaben am Zeiger</translation>
  </message>
  <message>
   <source>Open checkpoint</source>
   <translation>Checkpoint öffnen</translation>
  </message>
  <message>
   <source>Checkpoints (*.pth *.pt *.ckpt *.safetensors);;All files (*)</source>
   <translation>Checkpoints (*.pth *.pt *.ckpt *.safetensors);;Alle Dateien (*)</translation>
  </message>
  <message>
   <source>Open a Cityscapes tree or a folder of pictures</source>
   <translation>Einen Cityscapes-Baum oder einen Bilderordner öffnen</translation>
  </message>
  <message>
   <source>Open pictures</source>
   <translation>Bilder öffnen</translation>
  </message>
  <message>
   <source>Pictures (*.png *.jpg *.jpeg *.bmp *.webp *.tif *.tiff);;All files (*)</source>
   <translation>Bilder (*.png *.jpg *.jpeg *.bmp *.webp *.tif *.tiff);;Alle Dateien (*)</translation>
  </message>
  <message>
   <source>Save images, outputs and report.json in this folder</source>
   <translation>Bilder, Ausgaben und report.json in diesen Ordner speichern</translation>
  </message>
  <message>
   <source>Chart (*.pdf)</source>
   <translation>Diagramm (*.pdf)</translation>
  </message>
  <message>
   <source>&lt;tr&gt;&lt;td&gt;&lt;b&gt;Space&lt;/b&gt;&lt;/td&gt;&lt;td&gt;Hold: the clean pictures in the attacked row&lt;/td&gt;&lt;/tr&gt;</source>
   <translation>&lt;tr&gt;&lt;td&gt;&lt;b&gt;Leertaste&lt;/b&gt;&lt;/td&gt;&lt;td&gt;Halten: die sauberen Bilder in der angegriffenen Zeile&lt;/td&gt;&lt;/tr&gt;</translation>
  </message>
  <message>
   <source>&lt;tr&gt;&lt;td&gt;&lt;b&gt;Wheel, + −&lt;/b&gt;&lt;/td&gt;&lt;td&gt;Zoom all panels&lt;/td&gt;&lt;/tr&gt;</source>
   <translation>&lt;tr&gt;&lt;td&gt;&lt;b&gt;Rad, + −&lt;/b&gt;&lt;/td&gt;&lt;td&gt;Alle Felder vergrößern&lt;/td&gt;&lt;/tr&gt;</translation>
  </message>
  <message>
   <source>&lt;tr&gt;&lt;td&gt;&lt;b&gt;Drag, arrows&lt;/b&gt;&lt;/td&gt;&lt;td&gt;Move all panels&lt;/td&gt;&lt;/tr&gt;</source>
   <translation>&lt;tr&gt;&lt;td&gt;&lt;b&gt;Ziehen, Pfeile&lt;/b&gt;&lt;/td&gt;&lt;td&gt;Alle Felder verschieben&lt;/td&gt;&lt;/tr&gt;</translation>
  </message>
  <message>
   <source>&lt;tr&gt;&lt;td&gt;&lt;b&gt;Double click, 0&lt;/b&gt;&lt;/td&gt;&lt;td&gt;Fit all panels&lt;/td&gt;&lt;/tr&gt;</source>
   <translation>&lt;tr&gt;&lt;td&gt;&lt;b&gt;Doppelklick, 0&lt;/b&gt;&lt;/td&gt;&lt;td&gt;Alle Felder einpassen&lt;/td&gt;&lt;/tr&gt;</translation>
  </message>
  <message>
   <source>Keyboard</source>
   <translation>Tastatur</translation>
  </message>
  <message>
   <source>About</source>
   <translation>Über</translation>
  </message>
  <message>
   <source>&lt;b&gt;UniNet Workbench %1&lt;/b&gt;&lt;p&gt;Attack one task of a multi-task network and watch the others.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
   <translation>&lt;b&gt;UniNet Workbench %1&lt;/b&gt;&lt;p&gt;Eine Aufgabe eines Multitask-Netzes angreifen und den anderen zusehen.&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder später.&lt;/p&gt;</translation>
  </message>
  <message>
   <source>Choose an image first</source>
   <translation>Zuerst ein Bild wählen</translation>
  </message>
  <message>
   <source>Open a checkpoint first</source>
   <translation>Zuerst einen Checkpoint öffnen</translation>
  </message>
  <message>
   <source>UniNet Workbench</source>
   <translation>UniNet Workbench</translation>
  </message>
  <message>
   <source>no network</source>
   <translation>kein Netz</translation>
  </message>
  <message>
   <source>&lt;b&gt;%1&lt;/b&gt; · %2 · width %3 · %4 encoder</source>
   <translation>&lt;b&gt;%1&lt;/b&gt; · %2 · Breite %3 · Encoder %4</translation>
  </message>
  <message>
   <source>Tasks: %1
SHA-256: %2</source>
   <translation>Aufgaben: %1
SHA-256: %2</translation>
  </message>
  <message>
   <source>no attack yet</source>
   <translation>noch kein Angriff</translation>
  </message>
  <message>
   <source>result</source>
   <translation>Ergebnis</translation>
  </message>
  <message>
   <source>iteration %1</source>
   <translation>Iteration %1</translation>
  </message>
  <message>
   <source>Swap two classes with "DAG swap, detection", on this image or on the split (Analyse menu): how the shapes of the boxes follow stands here.</source>
   <translation>Zwei Klassen mit „DAG-Tausch, Detektion“ vertauschen, in diesem Bild oder im ganzen Split (Menü Auswerten): Wie die Formen der Rahmen folgen, steht hier.</translation>
  </message>
  <message>
   <source>Analyse ▸ Evaluate split with the plan "interaction" fills this tab.</source>
   <translation>Auswerten ▸ Split auswerten mit dem Plan „interaction“ füllt diesen Reiter.</translation>
  </message>
  <message>
   <source>Analyse ▸ Evaluate split with the plan "levels" fills this tab.</source>
   <translation>Auswerten ▸ Split auswerten mit dem Plan „levels“ füllt diesen Reiter.</translation>
  </message>
  <message>
   <source>Shape bias</source>
   <translation>Formneigung</translation>
  </message>
  <message>
   <source>Interaction</source>
   <translation>Wechselwirkung</translation>
  </message>
  <message>
   <source>Levels</source>
   <translation>Ebenen</translation>
  </message>
  <message>
   <source>A&amp;nalyse</source>
   <translation>Aus&amp;werten</translation>
  </message>
  <message>
   <source>&amp;Evaluate split…</source>
   <translation>Split &amp;auswerten…</translation>
  </message>
  <message>
   <source>Ctrl+Shift+E</source>
   <translation>Ctrl+Shift+E</translation>
  </message>
  <message>
   <source>&amp;Stop evaluation</source>
   <translation>Auswertung an&amp;halten</translation>
  </message>
  <message>
   <source>Ctrl+.</source>
   <translation>Ctrl+.</translation>
  </message>
  <message>
   <source>Open &amp;results…</source>
   <translation>E&amp;rgebnisse öffnen…</translation>
  </message>
  <message>
   <source>Ctrl+R</source>
   <translation>Ctrl+R</translation>
  </message>
  <message>
   <source>Progress of the evaluation</source>
   <translation>Fortschritt der Auswertung</translation>
  </message>
  <message>
   <source>Export the chart as PDF, SVG, PNG and CSV</source>
   <translation>Diagramm als PDF, SVG, PNG und CSV ausgeben</translation>
  </message>
  <message>
   <source>Written: %1 with .pdf, .svg, .png and .csv</source>
   <translation>Geschrieben: %1 mit .pdf, .svg, .png und .csv</translation>
  </message>
  <message>
   <source>target</source>
   <translation>Ziel</translation>
  </message>
  <message>
   <source>Open the results of an evaluation</source>
   <translation>Ergebnisse einer Auswertung öffnen</translation>
  </message>
  <message>
   <source>Results (*.sqlite);;All files (*)</source>
   <translation>Ergebnisse (*.sqlite);;Alle Dateien (*)</translation>
  </message>
  <message>
   <source>Split, %1: %2</source>
   <translation>Split, %1: %2</translation>
  </message>
  <message>
   <source>Predicting…</source>
   <translation>Wird vorhergesagt…</translation>
  </message>
  <message>
   <source>This image cannot be shown</source>
   <translation>Dieses Bild lässt sich nicht zeigen</translation>
  </message>
 </context>
 <context>
  <name>uninet::MessageBar</name>
  <message>
   <source>Message</source>
   <translation>Meldung</translation>
  </message>
  <message>
   <source>Close this message</source>
   <translation>Diese Meldung schließen</translation>
  </message>
  <message>
   <source>Close message</source>
   <translation>Meldung schließen</translation>
  </message>
  <message>
   <source>Messages</source>
   <translation>Meldungen</translation>
  </message>
  <message numerus="yes">
   <source>and %Ln more</source>
   <translation>
    <numerusform>und noch %Ln</numerusform>
    <numerusform>und noch %Ln</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>uninet::OptionForm</name>
  <message>
   <source>%1 to %2</source>
   <translation>%1 bis %2</translation>
  </message>
  <message>
   <source>Limits: %1</source>
   <translation>Grenzen: %1</translation>
  </message>
  <message>
   <source>In 8-bit pixel values: 2 px = 2/255</source>
   <translation>In 8-Bit-Pixelwerten: 2 px = 2/255</translation>
  </message>
  <message>
   <source>Paper: %1</source>
   <translation>Arbeit: %1</translation>
  </message>
 </context>
 <context>
  <name>uninet::PanelGrid</name>
  <message>
   <source>Image</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>Double click: show this panel alone, and again: all of them</source>
   <translation>Doppelklick: dieses Feld allein zeigen, und wieder alle</translation>
  </message>
  <message>
   <source>clean</source>
   <translation>sauber</translation>
  </message>
  <message>
   <source>%1, clean</source>
   <translation>%1, sauber</translation>
  </message>
  <message>
   <source>attacked</source>
   <translation>angegriffen</translation>
  </message>
  <message>
   <source>%1, attacked</source>
   <translation>%1, angegriffen</translation>
  </message>
 </context>
 <context>
  <name>uninet::RatioChart</name>
  <message>
   <source>metric ratio</source>
   <translation>Metrikverhältnis</translation>
  </message>
  <message>
   <source>Metric ratios</source>
   <translation>Metrikverhältnisse</translation>
  </message>
  <message>
   <source>Run an attack: the share of each task's performance that it leaves stands here.</source>
   <translation>Nach einem Angriff steht hier, welcher Anteil der Leistung jeder Aufgabe bleibt.</translation>
  </message>
  <message>
   <source>%1, %2: %3 → %4, ratio %5</source>
   <translation>%1, %2: %3 → %4, Verhältnis %5</translation>
  </message>
  <message>
   <source>Attacks of this session</source>
   <translation>Angriffe dieser Sitzung</translation>
  </message>
 </context>
 <context>
  <name>uninet</name>
  <message>
   <source>Detection</source>
   <translation>Detektion</translation>
  </message>
  <message>
   <source>Semantic segmentation</source>
   <translation>Semantische Segmentierung</translation>
  </message>
  <message>
   <source>Instance segmentation</source>
   <translation>Instanzsegmentierung</translation>
  </message>
  <message>
   <source>Depth</source>
   <translation>Tiefe</translation>
  </message>
  <message>
   <source>Instance depth</source>
   <translation>Instanztiefe</translation>
  </message>
  <message>
   <source>PGD</source>
   <translation>PGD</translation>
  </message>
  <message>
   <source>FGSM</source>
   <translation>FGSM</translation>
  </message>
  <message>
   <source>Uniform noise</source>
   <translation>Gleichverteiltes Rauschen</translation>
  </message>
  <message>
   <source>Random signs</source>
   <translation>Zufällige Vorzeichen</translation>
  </message>
  <message>
   <source>Projected gradient ascent on a loss (paper §4.1).</source>
   <translation>Projizierter Gradientenaufstieg auf einem Verlust (Arbeit §4.1).</translation>
  </message>
  <message>
   <source>One step of length epsilon along the sign of the gradient.</source>
   <translation>Ein Schritt der Länge Epsilon entlang des Vorzeichens des Gradienten.</translation>
  </message>
  <message>
   <source>Control without gradient: uniform in the ball.</source>
   <translation>Kontrolle ohne Gradient: gleichverteilt in der Kugel.</translation>
  </message>
  <message>
   <source>Control without gradient: random signs at the ball's surface.</source>
   <translation>Kontrolle ohne Gradient: zufällige Vorzeichen auf der Kugeloberfläche.</translation>
  </message>
  <message>
   <source>Classification</source>
   <translation>Klassifikation</translation>
  </message>
  <message>
   <source>Box regression</source>
   <translation>Box-Regression</translation>
  </message>
  <message>
   <source>Centreness</source>
   <translation>Zentriertheit</translation>
  </message>
  <message>
   <source>Segmentation</source>
   <translation>Segmentierung</translation>
  </message>
  <message>
   <source>Instance masks</source>
   <translation>Instanzmasken</translation>
  </message>
  <message>
   <source>Semantic</source>
   <translation>Semantisch</translation>
  </message>
  <message>
   <source>Geometric</source>
   <translation>Geometrisch</translation>
  </message>
  <message>
   <source>Multi-task</source>
   <translation>Multitask</translation>
  </message>
  <message>
   <source>Custom</source>
   <translation>Eigene</translation>
  </message>
  <message>
   <source>Objective</source>
   <translation>Zielfunktion</translation>
  </message>
  <message>
   <source>Custom losses</source>
   <translation>Eigene Verluste</translation>
  </message>
  <message>
   <source>Custom combination</source>
   <translation>Eigene Verknüpfung</translation>
  </message>
  <message>
   <source>Norm</source>
   <translation>Norm</translation>
  </message>
  <message>
   <source>Epsilon</source>
   <translation>Epsilon</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>Startwert</translation>
  </message>
  <message>
   <source>Step size</source>
   <translation>Schrittweite</translation>
  </message>
  <message>
   <source>Iterations</source>
   <translation>Iterationen</translation>
  </message>
  <message>
   <source>Random start</source>
   <translation>Zufälliger Start</translation>
  </message>
  <message>
   <source>Restarts</source>
   <translation>Neustarts</translation>
  </message>
  <message>
   <source>Momentum</source>
   <translation>Momentum</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Early stop</source>
   <translation>Früher Halt</translation>
  </message>
  <message>
   <source>sum</source>
   <translation>Summe</translation>
  </message>
  <message>
   <source>geometric mean, weighted</source>
   <translation>geometrisches Mittel, gewichtet</translation>
  </message>
  <message>
   <source>l∞ (each value)</source>
   <translation>l∞ (jeder Wert)</translation>
  </message>
  <message>
   <source>l2 (whole image)</source>
   <translation>l2 (ganzes Bild)</translation>
  </message>
  <message>
   <source>last iterate</source>
   <translation>letzte Iteration</translation>
  </message>
  <message>
   <source>iterate with the greatest objective</source>
   <translation>Iteration mit der größten Zielfunktion</translation>
  </message>
  <message>
   <source>AP box</source>
   <translation>AP Box</translation>
  </message>
  <message>
   <source>mIoU</source>
   <translation>mIoU</translation>
  </message>
  <message>
   <source>AP mask</source>
   <translation>AP Maske</translation>
  </message>
  <message>
   <source>RMSE (m)</source>
   <translation>RMSE (m)</translation>
  </message>
  <message>
   <source>smooth l1 (m)</source>
   <translation>Smooth-l1 (m)</translation>
  </message>
  <message>
   <source>road</source>
   <translation>Straße</translation>
  </message>
  <message>
   <source>sidewalk</source>
   <translation>Gehweg</translation>
  </message>
  <message>
   <source>building</source>
   <translation>Gebäude</translation>
  </message>
  <message>
   <source>wall</source>
   <translation>Mauer</translation>
  </message>
  <message>
   <source>fence</source>
   <translation>Zaun</translation>
  </message>
  <message>
   <source>pole</source>
   <translation>Mast</translation>
  </message>
  <message>
   <source>traffic light</source>
   <translation>Ampel</translation>
  </message>
  <message>
   <source>traffic sign</source>
   <translation>Verkehrszeichen</translation>
  </message>
  <message>
   <source>vegetation</source>
   <translation>Vegetation</translation>
  </message>
  <message>
   <source>terrain</source>
   <translation>Gelände</translation>
  </message>
  <message>
   <source>sky</source>
   <translation>Himmel</translation>
  </message>
  <message>
   <source>person</source>
   <translation>Person</translation>
  </message>
  <message>
   <source>rider</source>
   <translation>Fahrer</translation>
  </message>
  <message>
   <source>car</source>
   <translation>Auto</translation>
  </message>
  <message>
   <source>truck</source>
   <translation>Lastwagen</translation>
  </message>
  <message>
   <source>bus</source>
   <translation>Bus</translation>
  </message>
  <message>
   <source>train</source>
   <translation>Bahn</translation>
  </message>
  <message>
   <source>motorcycle</source>
   <translation>Motorrad</translation>
  </message>
  <message>
   <source>bicycle</source>
   <translation>Fahrrad</translation>
  </message>
  <message>
   <source>How the size of the perturbation is measured.</source>
   <translation>Wie die Größe der Störung gemessen wird.</translation>
  </message>
  <message>
   <source>Fixes what is drawn at random.</source>
   <translation>Legt fest, was zufällig gezogen wird.</translation>
  </message>
  <message>
   <source>Hide from segmentation</source>
   <translation>Aus der Segmentierung verbergen</translation>
  </message>
  <message>
   <source>Hide from depth</source>
   <translation>Aus der Tiefe verbergen</translation>
  </message>
  <message>
   <source>DAG swap, detection</source>
   <translation>DAG-Tausch, Detektion</translation>
  </message>
  <message>
   <source>DAG swap, segmentation</source>
   <translation>DAG-Tausch, Segmentierung</translation>
  </message>
  <message>
   <source>DAG, untargeted</source>
   <translation>DAG, ungerichtet</translation>
  </message>
  <message>
   <source>Fills a category in the predicted label map and descends to that map (paper §4.3).</source>
   <translation>Füllt eine Kategorie in der vorhergesagten Klassenkarte auf und steigt zu dieser Karte ab (Arbeit §4.3).</translation>
  </message>
  <message>
   <source>Fills a category in the predicted depth map and descends to that map (paper §4.3).</source>
   <translation>Füllt eine Kategorie in der vorhergesagten Tiefenkarte auf und steigt zu dieser Karte ab (Arbeit §4.3).</translation>
  </message>
  <message>
   <source>Dense adversary that swaps two classes at all locations of the detection head (paper §4.2).</source>
   <translation>Dichter Angriff, der zwei Klassen an allen Orten des Detektionskopfs vertauscht (Arbeit §4.2).</translation>
  </message>
  <message>
   <source>Dense adversary that swaps two classes at all pixels of the segmentation head.</source>
   <translation>Dichter Angriff, der zwei Klassen an allen Pixeln des Segmentierungskopfs vertauscht.</translation>
  </message>
  <message>
   <source>The original dense adversary: each class is driven to another one drawn at random.</source>
   <translation>Der ursprüngliche dichte Angriff: jede Klasse wird zu einer zufällig gezogenen anderen getrieben.</translation>
  </message>
  <message>
   <source>Category</source>
   <translation>Kategorie</translation>
  </message>
  <message>
   <source>The class whose predicted pixels take the value of the nearest other pixel.</source>
   <translation>Die Klasse, deren vorhergesagte Pixel den Wert des nächsten anderen Pixels annehmen.</translation>
  </message>
  <message>
   <source>Class</source>
   <translation>Klasse</translation>
  </message>
  <message>
   <source>With class</source>
   <translation>Mit Klasse</translation>
  </message>
  <message>
   <source>The class that is swapped …</source>
   <translation>Die Klasse, die vertauscht wird …</translation>
  </message>
  <message>
   <source>… with this one.</source>
   <translation>… mit dieser.</translation>
  </message>
  <message>
   <source>Candidate threshold</source>
   <translation>Kandidatenschwelle</translation>
  </message>
  <message>
   <source>Class probability from which a location of the clean prediction is a target although no object is assigned to it.</source>
   <translation>Klassenwahrscheinlichkeit, ab der ein Ort der sauberen Vorhersage ein Ziel ist, obwohl ihm kein Objekt zugeordnet ist.</translation>
  </message>
  <message>
   <source>Head</source>
   <translation>Kopf</translation>
  </message>
  <message>
   <source>Whose classes are driven away.</source>
   <translation>Wessen Klassen vertrieben werden.</translation>
  </message>
  <message>
   <source>Largest change of a value in one step, in 8-bit pixel values.</source>
   <translation>Größte Änderung eines Werts in einem Schritt, in 8-Bit-Pixelwerten.</translation>
  </message>
  <message>
   <source>At most; the attack ends when no target is left.</source>
   <translation>Höchstens; der Angriff endet, wenn kein Ziel mehr übrig ist.</translation>
  </message>
  <message>
   <source>Largest perturbation, in 8-bit pixel values (2 = 2/255); -1: unbounded, as in the original.</source>
   <translation>Größte Störung, in 8-Bit-Pixelwerten (2 = 2/255); -1: unbegrenzt wie im Original.</translation>
  </message>
  <message>
   <source>PGD on the multi-task, semantic and geometric losses, epsilon 1, and controls</source>
   <translation>PGD auf den Multi-Task-, semantischen und geometrischen Verlust, Epsilon 1, und Kontrollen</translation>
  </message>
  <message>
   <source>PGD on each of the seven losses and the multi-task loss, epsilon 1</source>
   <translation>PGD auf jeden der sieben Verluste und den Multi-Task-Verlust, Epsilon 1</translation>
  </message>
  <message>
   <source>hiding people from segmentation and from depth, epsilon 2 (Figure 4, Table 3)</source>
   <translation>Personen aus Segmentierung und Tiefe verbergen, Epsilon 2 (Abbildung 4, Tabelle 3)</translation>
  </message>
  <message>
   <source>swapping person and car in detection (Figures 5 and 6)</source>
   <translation>Person und Auto in der Detektion vertauschen (Abbildungen 5 und 6)</translation>
  </message>
  <message>
   <source>drift and activation patching under both hiding attacks (paper 5.5.1)</source>
   <translation>Drift und Einsetzen von Aktivierungen unter beiden Verberge-Angriffen (Arbeit 5.5.1)</translation>
  </message>
  <message>
   <source>all ten objectives and the gradients of the seven losses</source>
   <translation>alle zehn Ziele und die Gradienten der sieben Verluste</translation>
  </message>
  <message>
   <source>multi-task, semantic and geometric losses at epsilon 0.25 to 32</source>
   <translation>Multi-Task-, semantischer und geometrischer Verlust bei Epsilon 0,25 bis 32</translation>
  </message>
  <message>
   <source>all of these but epsilon, in one file</source>
   <translation>alles davon außer epsilon, in einer Datei</translation>
  </message>
  <message>
   <source>-1: min(epsilon + 4, 1.25 epsilon rounded up).</source>
   <translation>-1: min(Epsilon + 4, 1,25 Epsilon aufgerundet).</translation>
  </message>
  <message>
   <source>Comma-separated losses of the custom objective: cls, reg, cent, is, id, seg, depth.</source>
   <translation>Verluste des eigenen Ziels, mit Kommas getrennt: cls, reg, cent, is, id, seg, depth.</translation>
  </message>
  <message>
   <source>DAG, untargeted, detection</source>
   <translation>DAG, ungerichtet, Detektion</translation>
  </message>
  <message>
   <source>DAG, untargeted, segmentation</source>
   <translation>DAG, ungerichtet, Segmentierung</translation>
  </message>
  <message>
   <source>Decay of the accumulated gradient; 0: none.</source>
   <translation>Abklingfaktor des angesammelten Gradienten; 0: keiner.</translation>
  </message>
  <message>
   <source>Ends after so many iterations without a new best; 0: never.</source>
   <translation>Endet nach so vielen Iterationen ohne neues Bestes; 0: nie.</translation>
  </message>
  <message>
   <source>Figure 3a · geometric</source>
   <translation>Abbildung 3a · geometrisch</translation>
  </message>
  <message>
   <source>Figure 3a · multi-task</source>
   <translation>Abbildung 3a · Multi-Task</translation>
  </message>
  <message>
   <source>Figure 3a · semantic</source>
   <translation>Abbildung 3a · semantisch</translation>
  </message>
  <message>
   <source>Figure 3b · box regression</source>
   <translation>Abbildung 3b · Box-Regression</translation>
  </message>
  <message>
   <source>Figure 3b · centreness</source>
   <translation>Abbildung 3b · Zentriertheit</translation>
  </message>
  <message>
   <source>Figure 3b · classification</source>
   <translation>Abbildung 3b · Klassifikation</translation>
  </message>
  <message>
   <source>Figure 3b · depth</source>
   <translation>Abbildung 3b · Tiefe</translation>
  </message>
  <message>
   <source>Figure 3b · instance depth</source>
   <translation>Abbildung 3b · Instanztiefe</translation>
  </message>
  <message>
   <source>Figure 3b · instance masks</source>
   <translation>Abbildung 3b · Instanzmasken</translation>
  </message>
  <message>
   <source>Figure 3b · segmentation</source>
   <translation>Abbildung 3b · Segmentierung</translation>
  </message>
  <message>
   <source>Figure 4b · hide people from segmentation</source>
   <translation>Abbildung 4b · Personen vor der Segmentierung verbergen</translation>
  </message>
  <message>
   <source>Figure 4c · hide people from depth</source>
   <translation>Abbildung 4c · Personen vor der Tiefe verbergen</translation>
  </message>
  <message>
   <source>Figure 6 · swap person and car</source>
   <translation>Abbildung 6 · Person und Auto vertauschen</translation>
  </message>
  <message>
   <source>How the losses of the custom objective become one.</source>
   <translation>Wie aus den Verlusten des eigenen Ziels einer wird.</translation>
  </message>
  <message>
   <source>Largest perturbation, in 8-bit pixel values (2 = 2/255): of each value for l∞, of the whole image for l2.</source>
   <translation>Größte Störung, in 8-Bit-Pixelwerten (2 = 2/255): jedes Werts bei l∞, des ganzen Bilds bei l2.</translation>
  </message>
  <message>
   <source>Length of one step, in 8-bit pixel values; not more than epsilon where epsilon is below 1.</source>
   <translation>Länge eines Schritts, in 8-Bit-Pixelwerten; höchstens Epsilon, wo Epsilon unter 1 liegt.</translation>
  </message>
  <message>
   <source>Runs from different random starts; the one with the greatest objective is kept.</source>
   <translation>Läufe von verschiedenen zufälligen Anfängen; der mit dem größten Zielwert bleibt.</translation>
  </message>
  <message>
   <source>Segmentation, epsilon 4</source>
   <translation>Segmentierung, Epsilon 4</translation>
  </message>
  <message>
   <source>Starts at a uniform point of the ball.</source>
   <translation>Beginnt an einem gleichverteilten Punkt der Kugel.</translation>
  </message>
  <message>
   <source>The loss that is raised: one of the seven, or a group of the paper. Losses without a target in the image are left out.</source>
   <translation>Der Verlust, der erhöht wird: einer der sieben oder eine Gruppe der Arbeit. Verluste ohne Ziel im Bild entfallen.</translation>
  </message>
  <message>
   <source>Which iterate is the result.</source>
   <translation>Welche Iterierte das Ergebnis ist.</translation>
  </message>
  <message>
   <source>detection</source>
   <translation>Detektion</translation>
  </message>
  <message>
   <source>segmentation</source>
   <translation>Segmentierung</translation>
  </message>
  <message>
   <source>floor</source>
   <translation>Boden</translation>
  </message>
  <message>
   <source>cabinet</source>
   <translation>Schrank</translation>
  </message>
  <message>
   <source>bed</source>
   <translation>Bett</translation>
  </message>
  <message>
   <source>chair</source>
   <translation>Stuhl</translation>
  </message>
  <message>
   <source>sofa</source>
   <translation>Sofa</translation>
  </message>
  <message>
   <source>table</source>
   <translation>Tisch</translation>
  </message>
  <message>
   <source>door</source>
   <translation>Tür</translation>
  </message>
  <message>
   <source>window</source>
   <translation>Fenster</translation>
  </message>
  <message>
   <source>bookshelf</source>
   <translation>Bücherregal</translation>
  </message>
  <message>
   <source>picture</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>counter</source>
   <translation>Theke</translation>
  </message>
  <message>
   <source>blinds</source>
   <translation>Jalousie</translation>
  </message>
  <message>
   <source>desk</source>
   <translation>Schreibtisch</translation>
  </message>
  <message>
   <source>shelves</source>
   <translation>Regal</translation>
  </message>
  <message>
   <source>curtain</source>
   <translation>Vorhang</translation>
  </message>
  <message>
   <source>dresser</source>
   <translation>Kommode</translation>
  </message>
  <message>
   <source>pillow</source>
   <translation>Kissen</translation>
  </message>
  <message>
   <source>mirror</source>
   <translation>Spiegel</translation>
  </message>
  <message>
   <source>floor mat</source>
   <translation>Fußmatte</translation>
  </message>
  <message>
   <source>clothes</source>
   <translation>Kleidung</translation>
  </message>
  <message>
   <source>ceiling</source>
   <translation>Decke</translation>
  </message>
  <message>
   <source>books</source>
   <translation>Bücher</translation>
  </message>
  <message>
   <source>refridgerator</source>
   <translation>Kühlschrank</translation>
  </message>
  <message>
   <source>television</source>
   <translation>Fernseher</translation>
  </message>
  <message>
   <source>paper</source>
   <translation>Papier</translation>
  </message>
  <message>
   <source>towel</source>
   <translation>Handtuch</translation>
  </message>
  <message>
   <source>shower curtain</source>
   <translation>Duschvorhang</translation>
  </message>
  <message>
   <source>box</source>
   <translation>Kiste</translation>
  </message>
  <message>
   <source>whiteboard</source>
   <translation>Whiteboard</translation>
  </message>
  <message>
   <source>night stand</source>
   <translation>Nachttisch</translation>
  </message>
  <message>
   <source>toilet</source>
   <translation>Toilette</translation>
  </message>
  <message>
   <source>sink</source>
   <translation>Waschbecken</translation>
  </message>
  <message>
   <source>lamp</source>
   <translation>Lampe</translation>
  </message>
  <message>
   <source>bathtub</source>
   <translation>Badewanne</translation>
  </message>
  <message>
   <source>bag</source>
   <translation>Tasche</translation>
  </message>
  <message>
   <source>otherstructure</source>
   <translation>sonstiger Bauteil</translation>
  </message>
  <message>
   <source>otherfurniture</source>
   <translation>sonstiges Möbelstück</translation>
  </message>
  <message>
   <source>otherprop</source>
   <translation>sonstiger Gegenstand</translation>
  </message>
</context>
<context>
  <name>uninet::FigureView</name>
 <message>
   <source>Figure</source>
   <translation>Abbildung</translation>
  </message>
  <message>
   <source>Note on the figure</source>
   <translation>Anmerkung zur Abbildung</translation>
  </message>
 </context>
<context>
  <name>uninet::SplitResults</name>
 <message>
   <source>The sweep was stopped; starting it again goes on from there.</source>
   <translation>Die Auswertung wurde angehalten; ein neuer Start macht dort weiter.</translation>
  </message>
  <message>
   <source>Evaluating %1</source>
   <translation>Werte %1 aus</translation>
  </message>
  <message>
   <source>The sweep is done: %1.</source>
   <translation>Die Auswertung ist fertig: %1.</translation>
  </message>
  <message numerus="yes">
   <source> %Ln attack(s) were skipped, see the log.</source>
   <translation><numerusform> Ein Angriff wurde übersprungen, siehe Protokoll.</numerusform><numerusform> %Ln Angriffe wurden übersprungen, siehe Protokoll.</numerusform></translation>
  </message>
 <message>
   <source>Intervals</source>
   <translation>Intervalle</translation>
  </message>
  <message>
   <source>%1 holds no image that is through all its attacks.</source>
   <translation>%1 enthält kein Bild, das durch alle Angriffe ist.</translation>
  </message>
  <message>
   <source>%1 of %2 images</source>
   <translation>%1 von %2 Bildern</translation>
  </message>
  <message numerus="yes">
   <source>%1 on %Ln image(s)</source>
   <translation>
    <numerusform>%1 auf %Ln Bild</numerusform>
    <numerusform>%1 auf %Ln Bildern</numerusform>
   </translation>
  </message>
  <message>
   <source>%1 to %2</source>
   <translation>%1 bis %2</translation>
  </message>
  <message>
   <source>An evaluation is running: open other results when it has ended.</source>
   <translation>Eine Auswertung läuft: andere Ergebnisse lassen sich öffnen, wenn sie zu Ende ist.</translation>
  </message>
  <message>
   <source>Could not be measured: %1.</source>
   <translation>Nicht messbar: %1.</translation>
  </message>
 </context>
<context>
  <name>uninet::SweepDialog</name>
 <message>
   <source>Evaluate split</source>
   <translation>Split auswerten</translation>
  </message>
  <message>
   <source> of %1</source>
   <translation> von %1</translation>
  </message>
  <message>
   <source>Browse…</source>
   <translation>Durchsuchen…</translation>
  </message>
  <message>
   <source>Plan</source>
   <translation>Plan</translation>
  </message>
  <message>
   <source>Images</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>Ergebnisse</translation>
  </message>
  <message>
   <source>Start</source>
   <translation>Starten</translation>
  </message>
  <message>
   <source>There are results in this folder: what is missing is computed.</source>
   <translation>In diesem Ordner liegen Ergebnisse: Was fehlt, wird berechnet.</translation>
  </message>
  <message>
   <source>Folder for the results</source>
   <translation>Ordner für die Ergebnisse</translation>
  </message>
 </context>
 <context>
  <name>uninet::Probe</name>
  <message>
   <source>%1 m</source>
   <translation>%1 m</translation>
  </message>
  <message>
   <source> at %1 m</source>
   <translation> in %1 m</translation>
  </message>
  <message>
   <source> (truth: %1)</source>
   <translation> (Referenz: %1)</translation>
  </message>
 </context>
</TS>
