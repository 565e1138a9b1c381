<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
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
  <source>Control without gradient: random signs at the ball&apos;s surface.</source>
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
  <source>Semantic contours</source>
  <translation>Semantische Konturen</translation>
 </message>
 <message>
  <source>Surface normals</source>
  <translation>Oberflächennormalen</translation>
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
  <translation>Multi-Task</translation>
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
  <source>Seed</source>
  <translation>Startwert</translation>
 </message>
 <message>
  <source>Step size</source>
  <translation>Schrittweite</translation>
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
  <translation>Früher Abbruch</translation>
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
  <translation>Klassenwahrscheinlichkeit, ab der ein Ort der Vorhersage ohne Angriff ein Ziel ist, obwohl ihm kein Objekt zugeordnet ist.</translation>
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
  <translation>alle zehn Zielfunktionen und die Gradienten der sieben Verluste</translation>
 </message>
 <message>
  <source>multi-task, semantic and geometric losses at epsilon 0.25 to 32</source>
  <translation>Multi-Task-, semantischer und geometrischer Verlust bei Epsilon 0,25 bis 32</translation>
 </message>
 <message>
  <source>all of these but epsilon, in one file</source>
  <translation>alles davon außer Epsilon, in einer Datei</translation>
 </message>
 <message>
  <source>Comma-separated losses of the custom objective: cls, reg, cent, is, id, seg, depth; of networks that have them also sem_cont, sur_nor and earlier predictions such as initial_depth or scale_2.segment.</source>
  <translation>Verluste der eigenen Zielfunktion, mit Kommas getrennt: cls, reg, cent, is, id, seg, depth; von Netzen, die sie haben, auch sem_cont, sur_nor und frühere Vorhersagen wie initial_depth oder scale_2.segment.</translation>
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
  <translation>Abbildung 4b · Personen aus der Segmentierung verbergen</translation>
 </message>
 <message>
  <source>Figure 4c · hide people from depth</source>
  <translation>Abbildung 4c · Personen aus der Tiefe verbergen</translation>
 </message>
 <message>
  <source>Figure 6 · swap person and car</source>
  <translation>Abbildung 6 · Person und Auto vertauschen</translation>
 </message>
 <message>
  <source>How the losses of the custom objective become one.</source>
  <translation>Wie aus den Verlusten der eigenen Zielfunktion einer wird.</translation>
 </message>
 <message>
  <source>Largest perturbation, in 8-bit pixel values (2 = 2/255): of each value for l∞, of the whole image for l2.</source>
  <translation>Größte Störung, in 8-Bit-Pixelwerten (2 = 2/255): jedes Werts bei l∞, des ganzen Bilds bei l2.</translation>
 </message>
 <message>
  <source>Largest perturbation, in 8-bit pixel values (2 = 2/255): of each value for l∞, of the whole image for l2, and for l1 their sum.</source>
  <translation>Größte Störung, in 8-Bit-Pixelwerten (2 = 2/255): jedes Werts bei l∞, des ganzen Bilds bei l2, bei l1 ihre Summe.</translation>
 </message>
 <message>
  <source>Length of one step, in 8-bit pixel values; not more than epsilon where epsilon is below 1. In the l1 ball a fifth of epsilon: a step of 1 comes to nothing there.</source>
  <translation>Länge eines Schritts in 8-Bit-Pixelwerten; höchstens Epsilon, wo Epsilon unter 1 liegt. In der l1-Kugel ein Fünftel von Epsilon: ein Schritt von 1 bewirkt dort nichts.</translation>
 </message>
 <message>
  <source>Runs from different random starts; the one with the greatest objective is kept.</source>
  <translation>Läufe von verschiedenen zufälligen Anfängen; der mit der größten Zielfunktion bleibt.</translation>
 </message>
 <message>
  <source>Segmentation, epsilon 4</source>
  <translation>Segmentierung, Epsilon 4</translation>
 </message>
 <message>
  <source>Starts at a uniform point of the ball; of the l1 ball at normal noise that is projected.</source>
  <translation>Beginnt an einem gleichverteilten Punkt der Kugel; in der l1-Kugel bei normalverteiltem Rauschen, das projiziert wird.</translation>
 </message>
 <message>
  <source>The loss that is raised: one of the seven, or a group of the paper. Losses without a target in the image are left out. SegPGD (Gu et al. 2022) and CosPGD (Agnihotri et al. 2024) weigh the pixels of segmentation or depth anew in each step.</source>
  <translation>Der Verlust, der erhöht wird: einer der sieben oder eine Gruppe der Arbeit. Verluste ohne Ziel im Bild entfallen. SegPGD (Gu u. a. 2022) und CosPGD (Agnihotri u. a. 2024) gewichten die Pixel von Segmentierung oder Tiefe in jedem Schritt neu.</translation>
 </message>
 <message>
  <source>Which iterate is the result.</source>
  <translation>Welche Iteration das Ergebnis ist.</translation>
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
 <message>
  <source>Decay of the accumulated gradient; 1 in MI-FGSM (Dong et al. 2018).</source>
  <translation>Abklingen des aufsummierten Gradienten; 1 bei MI-FGSM (Dong u. a. 2018).</translation>
 </message>
 <message>
  <source>Ends after so many iterations without a new best.</source>
  <translation>Endet nach so vielen Iterationen ohne neues Bestes.</translation>
 </message>
 <message>
  <source>Everything in the paper</source>
  <translation>Alles aus der Arbeit</translation>
 </message>
 <message>
  <source>Figure 3a: combined objectives</source>
  <translation>Abbildung 3a: zusammengesetzte Zielfunktionen</translation>
 </message>
 <message>
  <source>Figure 3b: single losses</source>
  <translation>Abbildung 3b: einzelne Verluste</translation>
 </message>
 <message>
  <source>Figure 4b converged: strength 4, 60 steps of ¼.</source>
  <translation>Abbildung 4b bis zum Ende: Stärke 4, 60 Schritte von ¼.</translation>
 </message>
 <message>
  <source>Figures 5 and 6: person and car swapped</source>
  <translation>Abbildungen 5 und 6: Person und Auto getauscht</translation>
 </message>
 <message>
  <source>Hide the people</source>
  <translation>Die Menschen verbergen</translation>
 </message>
 <message>
  <source>How often the image is moved; auto: min(epsilon + 4, 1.25 epsilon rounded up), 100 for APGD and in the l1 ball.</source>
  <translation>Wie oft das Bild bewegt wird; automatisch: min(Epsilon + 4, 1,25 Epsilon aufgerundet), 100 bei APGD und in der l1-Kugel.</translation>
 </message>
 <message>
  <source>Step rule</source>
  <translation>Schrittregel</translation>
 </message>
 <message>
  <source>How long each step is. APGD begins with twice epsilon, halves where the objective stops rising, and keeps the best image (Croce and Hein 2020): what it does not reach was not for want of steps. For l1 it begins with epsilon and changes fewer and fewer values (2021).</source>
  <translation>Wie lang jeder Schritt ist. APGD beginnt mit dem doppelten Epsilon, halbiert, wo das Ziel nicht mehr steigt, und behält das beste Bild (Croce und Hein 2020): was es nicht erreicht, lag nicht an zu wenigen Schritten. Bei l1 beginnt es mit Epsilon und ändert immer weniger Werte (2021).</translation>
 </message>
 <message>
  <source>steps of one size</source>
  <translation>Schritte einer Größe</translation>
 </message>
 <message>
  <source>halved where they stop helping (APGD)</source>
  <translation>halbiert, wo sie nichts mehr bringen (APGD)</translation>
 </message>
 <message>
  <source>Radii</source>
  <translation>Radien</translation>
 </message>
 <message>
  <source>In which balls APGD looks for the result, one after the other, for 30, 30 and 40 % of the steps: larger ones show where to go (Croce and Hein 2021 for l1; Croce et al. 2024 for segmentation). The result is in the ball of epsilon.</source>
  <translation>In welchen Kugeln APGD das Ergebnis sucht, nacheinander, für 30, 30 und 40 % der Schritte: größere zeigen, wohin (Croce und Hein 2021 für l1; Croce u. a. 2024 für Segmentierung). Das Ergebnis liegt in der Kugel von Epsilon.</translation>
 </message>
 <message>
  <source>epsilon</source>
  <translation>Epsilon</translation>
 </message>
 <message>
  <source>3, 2 and 1 epsilon</source>
  <translation>3, 2 und 1 Epsilon</translation>
 </message>
 <message>
  <source>2, 1.5 and 1 epsilon</source>
  <translation>2, 1,5 und 1 Epsilon</translation>
 </message>
 <message>
  <source>auto (%1)</source>
  <translation>automatisch (%1)</translation>
 </message>
 <message>
  <source>Weight of the hidden</source>
  <translation>Gewicht des Verborgenen</translation>
 </message>
 <message>
  <source>Weight of the category's pixels in the objective; all others have 1 minus it (Metzen et al. 2017). At 1 they alone count.</source>
  <translation>Gewicht der Pixel der Kategorie im Ziel; alle anderen haben 1 minus dieses (Metzen u. a. 2017). Bei 1 zählen nur sie.</translation>
 </message>
 <message>
  <source>all pixels alike</source>
  <translation>alle Pixel gleich</translation>
 </message>
 <message>
  <source>SegPGD</source>
  <translation>SegPGD</translation>
 </message>
 <message>
  <source>CosPGD</source>
  <translation>CosPGD</translation>
 </message>
 <message>
  <source>CosPGD, depth</source>
  <translation>CosPGD, Tiefe</translation>
 </message>
 <message>
  <source>by what is reached (SegPGD)</source>
  <translation>danach, was erreicht ist (SegPGD)</translation>
 </message>
 <message>
  <source>by their distance (CosPGD)</source>
  <translation>nach ihrem Abstand (CosPGD)</translation>
 </message>
 <message>
  <source>Weights of pixels</source>
  <translation>Gewichte der Pixel</translation>
 </message>
 <message>
  <source>What each pixel counts for in a step: SegPGD turns from pixels that are not at their target yet to all alike (Gu et al. 2022), CosPGD takes 1 minus the cosine of softmax and target (Agnihotri et al. 2024).</source>
  <translation>Was jeder Pixel in einem Schritt zählt: SegPGD geht von Pixeln, die noch nicht am Ziel sind, zu allen gleich über (Gu u. a. 2022), CosPGD nimmt 1 minus den Kosinus von Softmax und Ziel (Agnihotri u. a. 2024).</translation>
 </message>
 <message>
  <source>Gate</source>
  <translation>Schwelle</translation>
 </message>
 <message>
  <source>Pixels that are at their target and for which it is more probable than this have no part in a step (Metzen et al. 2017: 0.75).</source>
  <translation>Pixel, die an ihrem Ziel sind und für die es wahrscheinlicher ist als dies, haben keinen Anteil an einem Schritt (Metzen et al. 2017: 0,75).</translation>
 </message>
 <message>
  <source>no gate</source>
  <translation>keine Schwelle</translation>
 </message>
 <message>
  <source>Look ahead</source>
  <translation>Vorausschau</translation>
 </message>
 <message>
  <source>Takes each gradient where the accumulated one leads (NI-FGSM, Lin et al. 2020); without momentum that is where the image is.</source>
  <translation>Nimmt jeden Gradienten dort, wohin der aufsummierte führt (NI-FGSM, Lin u. a. 2020); ohne Momentum ist das dort, wo das Bild ist.</translation>
 </message>
 <message>
  <source>Input diversity</source>
  <translation>Vielfalt der Eingaben</translation>
 </message>
 <message>
  <source>Probability that a step follows the gradient of the image shrunk to 90 to 100 % at a place drawn at random, which helps attacks to pass on to other networks (DI2-FGSM, Xie et al. 2019: 0.5).</source>
  <translation>Wahrscheinlichkeit, dass ein Schritt dem Gradienten des Bilds folgt, das auf 90 bis 100 % verkleinert an einem ausgelosten Ort liegt; das hilft Angriffen, auf andere Netze überzugehen (DI2-FGSM, Xie u. a. 2019: 0,5).</translation>
 </message>
 <message>
  <source>Figure 4b · converged</source>
  <translation>Abbildung 4b · konvergiert</translation>
 </message>
 <message>
  <source>Figure 4b with 100 steps of APGD: what it leaves was not for want of steps.</source>
  <translation>Abbildung 4b mit 100 Schritten von APGD: was bleibt, lag nicht an zu wenigen Schritten.</translation>
 </message>
 <message>
  <source>Figure 4c · converged</source>
  <translation>Abbildung 4c · konvergiert</translation>
 </message>
 <message>
  <source>Figure 4c with 100 steps of APGD: steps of 1 overshoot its target.</source>
  <translation>Abbildung 4c mit 100 Schritten von APGD: Schritte von 1 schießen über ihr Ziel hinaus.</translation>
 </message>
 <message>
  <source>Figure 4c · converged, the hidden alone</source>
  <translation>Abbildung 4c · konvergiert, nur das Verborgene</translation>
 </message>
 <message>
  <source>Figure 3a · multi-task · converged</source>
  <translation>Abbildung 3a · Multi-Task · konvergiert</translation>
 </message>
 <message>
  <source>Figure 3a · semantic · converged</source>
  <translation>Abbildung 3a · semantisch · konvergiert</translation>
 </message>
 <message>
  <source>Figure 3a · geometric · converged</source>
  <translation>Abbildung 3a · geometrisch · konvergiert</translation>
 </message>
 <message>
  <source>Figure 3b · classification · converged</source>
  <translation>Abbildung 3b · Klassifikation · konvergiert</translation>
 </message>
 <message>
  <source>Figure 3b · box regression · converged</source>
  <translation>Abbildung 3b · Box-Regression · konvergiert</translation>
 </message>
 <message>
  <source>Figure 3b · centreness · converged</source>
  <translation>Abbildung 3b · Zentriertheit · konvergiert</translation>
 </message>
 <message>
  <source>Figure 3b · segmentation · converged</source>
  <translation>Abbildung 3b · Segmentierung · konvergiert</translation>
 </message>
 <message>
  <source>Figure 3b · instance masks · converged</source>
  <translation>Abbildung 3b · Instanzmasken · konvergiert</translation>
 </message>
 <message>
  <source>Figure 3b · depth · converged</source>
  <translation>Abbildung 3b · Tiefe · konvergiert</translation>
 </message>
 <message>
  <source>Figure 3b · instance depth · converged</source>
  <translation>Abbildung 3b · Instanztiefe · konvergiert</translation>
 </message>
 <message>
  <source>Figure 3a with 100 steps of APGD: what it leaves was not for want of steps.</source>
  <translation>Abbildung 3a mit 100 Schritten von APGD: was bleibt, lag nicht an zu wenigen Schritten.</translation>
 </message>
 <message>
  <source>Figure 3b with 100 steps of APGD: what it leaves was not for want of steps.</source>
  <translation>Abbildung 3b mit 100 Schritten von APGD: was bleibt, lag nicht an zu wenigen Schritten.</translation>
 </message>
 <message>
  <source>MI-FGSM</source>
  <translation>MI-FGSM</translation>
 </message>
 <message>
  <source>Segmentation as in Gu et al. 2022: 20 steps of 0.01 of the range within 0.03 of it.</source>
  <translation>Segmentierung wie bei Gu u. a. 2022: 20 Schritte von 0,01 des Wertebereichs innerhalb von 0,03.</translation>
 </message>
 <message>
  <source>Segmentation as in Agnihotri et al. 2024: 20 steps of 0.01 of the range within 0.03 of it.</source>
  <translation>Segmentierung wie bei Agnihotri u. a. 2024: 20 Schritte von 0,01 des Wertebereichs innerhalb von 0,03.</translation>
 </message>
 <message>
  <source>As in Dong et al. 2018: 10 steps of a tenth of epsilon, decay 1; made to pass on to other networks.</source>
  <translation>Wie bei Dong u. a. 2018: 10 Schritte von einem Zehntel Epsilon, Abklingen 1; dazu gemacht, auf andere Netze überzugehen.</translation>
 </message>
 <message>
  <source>Only the category's pixels have to reach the depth behind them.</source>
  <translation>Nur die Pixel der Kategorie müssen die Tiefe dahinter erreichen.</translation>
 </message>
 <message>
  <source>Interaction: who depends on whom</source>
  <translation>Wechselwirkung: wer hängt von wem ab</translation>
 </message>
 <message>
  <source>Kept with the result; this attack draws nothing at random.</source>
  <translation>Wird beim Ergebnis vermerkt; dieser Angriff zieht nichts zufällig.</translation>
 </message>
 <message>
  <source>Levels: where it breaks</source>
  <translation>Ebenen: wo es bricht</translation>
 </message>
 <message>
  <source>Steps</source>
  <translation>Schritte</translation>
 </message>
 <message>
  <source>Strength ε</source>
  <translation>Stärke ε</translation>
 </message>
 <message>
  <source>Strength: epsilon 0.25 to 32</source>
  <translation>Stärke: Epsilon 0,25 bis 32</translation>
 </message>
 <message>
  <source>Table 3: people hidden</source>
  <translation>Tabelle 3: Menschen verborgen</translation>
 </message>
 <message>
  <source>auto (%1 of size %2)</source>
  <translation>automatisch (%1 zu je %2)</translation>
 </message>
 <message>
  <source>each value (l∞)</source>
  <translation>je Wert (l∞)</translation>
 </message>
 <message>
  <source>never</source>
  <translation>nie</translation>
 </message>
 <message>
  <source>none</source>
  <translation>keines</translation>
 </message>
 <message>
  <source>unlimited</source>
  <translation>unbegrenzt</translation>
 </message>
 <message>
  <source>whole image (l2)</source>
  <translation>ganzes Bild (l2)</translation>
 </message>
 <message>
  <source>sum of all values (l1)</source>
  <translation>Summe aller Werte (l1)</translation>
 </message>
 <message>
  <source>Instances</source>
  <translation>Instanzen</translation>
 </message>
 <message>
  <source>Clean</source>
  <translation>Ohne Angriff</translation>
 </message>
 <message>
  <source>Mask codes</source>
  <translation>Maskencodes</translation>
 </message>
 <message>
  <source>Metric ratio</source>
  <translation>Metrikverhältnis</translation>
 </message>
 <message>
  <source>Linear CKA</source>
  <translation>Lineare CKA</translation>
 </message>
 <message>
  <source>Share of the damage</source>
  <translation>Anteil am Schaden</translation>
 </message>
 <message>
  <source>Difference of ratios</source>
  <translation>Differenz der Verhältnisse</translation>
 </message>
 <message>
  <source>PGD on groups of losses</source>
  <translation>PGD auf Gruppen von Verlusten</translation>
 </message>
 <message>
  <source>PGD on single losses</source>
  <translation>PGD auf einzelne Verluste</translation>
 </message>
 <message>
  <source>Metric ratio over epsilon</source>
  <translation>Metrikverhältnis über Epsilon</translation>
 </message>
 <message>
  <source>What the attacks move, by level</source>
  <translation>Was die Angriffe bewegen, je Ebene</translation>
 </message>
 <message>
  <source>Share of the damage that one level carries</source>
  <translation>Anteil des Schadens, den eine Ebene trägt</translation>
 </message>
 <message>
  <source>Who depends on whom</source>
  <translation>Wer von wem abhängt</translation>
 </message>
 <message>
  <source>Input gradients of the losses</source>
  <translation>Eingabegradienten der Verluste</translation>
 </message>
 <message>
  <source>Shape bias: selection and regression</source>
  <translation>Formneigung: Auswahl und Regression</translation>
 </message>
 <message>
  <source>Shape bias</source>
  <translation>Formneigung</translation>
 </message>
 <message>
  <source>Relative drift</source>
  <translation>Relative Abweichung</translation>
 </message>
 <message>
  <source>Similarity to the clean features</source>
  <translation>Ähnlichkeit mit den unveränderten Merkmalen</translation>
 </message>
 <message>
  <source>What an attack leaves of each task</source>
  <translation>Was ein Angriff von jeder Aufgabe übrig lässt</translation>
 </message>
 <message>
  <source>Column under row minus row under column</source>
  <translation>Spalte unter Zeile minus Zeile unter Spalte</translation>
 </message>
 <message>
  <source>Classification loss</source>
  <translation>Klassifikationsverlust</translation>
 </message>
 <message>
  <source>Box regression loss</source>
  <translation>Boxregressionsverlust</translation>
 </message>
 <message>
  <source>Aspect ratio</source>
  <translation>Seitenverhältnis</translation>
 </message>
 <message>
  <source>aspect ratio</source>
  <translation>Seitenverhältnis</translation>
 </message>
 <message>
  <source>each object</source>
  <translation>jedes Objekt</translation>
 </message>
 <message>
  <source>undone by clean features</source>
  <translation>aufgehoben durch unveränderte Merkmale</translation>
 </message>
 <message>
  <source>done by attacked ones</source>
  <translation>bewirkt durch angegriffene</translation>
 </message>
 <message>
  <source>By label</source>
  <translation>Nach Label</translation>
 </message>
 <message>
  <source>By object</source>
  <translation>Nach Objekt</translation>
 </message>
 <message>
  <source>By location</source>
  <translation>Nach Ort</translation>
 </message>
 <message>
  <source>Flipped</source>
  <translation>Umgeschlagen</translation>
 </message>
 <message>
  <source>step</source>
  <translation>Schritt</translation>
 </message>
 <message>
  <source>Hidden from
segmentation</source>
  <translation>Aus Segmentierung
verborgen</translation>
 </message>
 <message>
  <source>Hidden from
depth</source>
  <translation>Aus Tiefe
verborgen</translation>
 </message>
 <message>
  <source>Share of equal signs</source>
  <translation>Anteil gleicher Vorzeichen</translation>
 </message>
 <message>
  <source>Cosine</source>
  <translation>Kosinus</translation>
 </message>
 <message>
  <source>Loss</source>
  <translation>Verlust</translation>
 </message>
 <message>
  <source>Level</source>
  <translation>Ebene</translation>
 </message>
 <message>
  <source>Task</source>
  <translation>Aufgabe</translation>
 </message>
 <message>
  <source>Attacked objective</source>
  <translation>Angegriffene Zielfunktion</translation>
 </message>
 <message>
  <source>Attacked task</source>
  <translation>Angegriffene Aufgabe</translation>
 </message>
 <message>
  <source>Mean loss</source>
  <translation>Mittlerer Verlust</translation>
 </message>
 <message>
  <source>Width / height</source>
  <translation>Breite / Höhe</translation>
 </message>
 <message>
  <source>Width (px)</source>
  <translation>Breite (px)</translation>
 </message>
 <message>
  <source>Height (px)</source>
  <translation>Höhe (px)</translation>
 </message>
</context>
<context>
 <name>uninet::AttackOutcome</name>
 <message>
  <source>%1 s</source>
  <translation>%1 s</translation>
 </message>
 <message>
  <source>%1 → &lt;b&gt;%2&lt;/b&gt; in %3 s</source>
  <translation>%1 → &lt;b&gt;%2&lt;/b&gt; in %3 s</translation>
 </message>
 <message>
  <source>no pixel</source>
  <translation>kein Pixel</translation>
 </message>
 <message>
  <source>all pixels</source>
  <translation>alle Pixel</translation>
 </message>
 <message>
  <source>%1 pixels</source>
  <translation>%1 Pixel</translation>
 </message>
 <message>
  <source>l∞ %1 · l2 %2 · %3</source>
  <translation>l∞ %1 · l2 %2 · %3</translation>
 </message>
 <message>
  <source>zero</source>
  <translation>null</translation>
 </message>
 <message>
  <source>vanishing, at most %1</source>
  <translation>verschwindend, höchstens %1</translation>
 </message>
 <message>
  <source>fine, no zeros</source>
  <translation>gut, keine Nullen</translation>
 </message>
 <message>
  <source>fine, less than %1 % zeros</source>
  <translation>gut, unter %1 % Nullen</translation>
 </message>
 <message>
  <source>fine, %1 % zeros</source>
  <translation>gut, %1 % Nullen</translation>
 </message>
 <message numerus="yes">
  <source>all %Ln task(s)</source>
  <translation>
   <numerusform>die eine Aufgabe</numerusform>
   <numerusform>alle %Ln Aufgaben</numerusform>
  </translation>
 </message>
 <message>
  <source>none</source>
  <translation>keine</translation>
 </message>
 <message>
  <source>all but %1</source>
  <translation>alle außer %1</translation>
 </message>
 <message>
  <source>Retained performance</source>
  <translation>Verbliebene Leistung</translation>
 </message>
 <message>
  <source>What happened</source>
  <translation>Was geschah</translation>
 </message>
 <message>
  <source>Stopped</source>
  <translation>Angehalten</translation>
 </message>
 <message>
  <source>&lt;b&gt;at %1 of %2&lt;/b&gt;, the best image so far is kept</source>
  <translation>&lt;b&gt;bei %1 von %2&lt;/b&gt;, das bisher beste Bild bleibt</translation>
 </message>
 <message>
  <source>Steps</source>
  <translation>Schritte</translation>
 </message>
 <message>
  <source>Objective</source>
  <translation>Zielfunktion</translation>
 </message>
 <message>
  <source>Time</source>
  <translation>Dauer</translation>
 </message>
 <message>
  <source>Measured</source>
  <translation>Gemessen</translation>
 </message>
 <message>
  <source>At the bound</source>
  <translation>An der Schranke</translation>
 </message>
 <message>
  <source>%1 % of the values</source>
  <translation>%1 % der Werte</translation>
 </message>
 <message>
  <source>Gradient</source>
  <translation>Gradient</translation>
 </message>
 <message>
  <source>Survives PNG</source>
  <translation>Übersteht PNG</translation>
 </message>
 <message>
  <source>Run an attack (F5) to see what it does.</source>
  <translation>Einen Angriff starten (F5), um zu sehen, was er tut.</translation>
 </message>
 <message>
  <source>Transfer</source>
  <translation>Übertragung</translation>
 </message>
 <message>
  <source>attacked on %1, measured on &lt;b&gt;%2&lt;/b&gt;</source>
  <translation>angegriffen auf %1, gemessen auf &lt;b&gt;%2&lt;/b&gt;</translation>
 </message>
</context>
<context>
 <name>uninet::AttackPanel</name>
 <message>
  <source>%1: %2 of %3</source>
  <translation>%1: %2 von %3</translation>
 </message>
 <message>
  <source>, %1 left</source>
  <translation>, noch %1</translation>
 </message>
 <message>
  <source>Region</source>
  <translation>Ausschnitt</translation>
 </message>
 <message>
  <source>Attack</source>
  <translation>Angriff</translation>
 </message>
 <message>
  <source>Reset all</source>
  <translation>Alles zurücksetzen</translation>
 </message>
 <message>
  <source>All options of this method back to their defaults</source>
  <translation>Alle Optionen dieses Verfahrens auf den Standard zurücksetzen</translation>
 </message>
 <message>
  <source>Method</source>
  <translation>Verfahren</translation>
 </message>
 <message>
  <source>Choose…</source>
  <translation>Wählen …</translation>
 </message>
 <message>
  <source>Preset</source>
  <translation>Voreinstellung</translation>
 </message>
 <message>
  <source>whole image</source>
  <translation>ganzes Bild</translation>
 </message>
 <message>
  <source>Draw a box on a picture</source>
  <translation>Einen Kasten auf ein Bild zeichnen</translation>
 </message>
 <message>
  <source>Draw a polygon on a picture</source>
  <translation>Ein Vieleck auf ein Bild zeichnen</translation>
 </message>
 <message>
  <source>Back to the whole image</source>
  <translation>Zurück zum ganzen Bild</translation>
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
  <source>Stop and keep the best image so far (Esc)</source>
  <translation>Anhalten und das bisher beste Bild behalten (Esc)</translation>
 </message>
 <message>
  <source>Progress</source>
  <translation>Fortschritt</translation>
 </message>
 <message>
  <source>preset</source>
  <translation>Voreinstellung</translation>
 </message>
 <message>
  <source>method</source>
  <translation>Verfahren</translation>
 </message>
 <message>
  <source>attack options</source>
  <translation>Angriffsoptionen</translation>
 </message>
 <message>
  <source>region</source>
  <translation>Ausschnitt</translation>
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
 <message>
  <source>, changed</source>
  <translation>, geändert</translation>
 </message>
 <message>
  <source>Settings of the paper by name</source>
  <translation>Einstellungen der Arbeit, nach Namen</translation>
 </message>
 <message>
  <source>An attack runs on this image: stop it, or wait for its end.</source>
  <translation>Auf diesem Bild läuft ein Angriff: anhalten, oder sein Ende abwarten.</translation>
 </message>
 <message>
  <source>Attack the image that is shown (F5)</source>
  <translation>Das gezeigte Bild angreifen (F5)</translation>
 </message>
 <message>
  <source>Precision</source>
  <translation>Genauigkeit</translation>
 </message>
 <message>
  <source>Back to float32</source>
  <translation>Zurück zu float32</translation>
 </message>
 <message>
  <source>precision</source>
  <translation>Genauigkeit</translation>
 </message>
 <message>
  <source>Of the compiled plan, where this processor has one: the fastest</source>
  <translation>Vom übersetzten Plan, wo es für diesen Prozessor einen gibt: am schnellsten</translation>
 </message>
 <message>
  <source>The reference: LibTorch's operations, several times slower</source>
  <translation>Die Referenz: Operationen von LibTorch, mehrfach langsamer</translation>
 </message>
 <message>
  <source>Rounds to three digits</source>
  <translation>Rundet auf drei Stellen</translation>
 </message>
 <message>
  <source>Convolutions round what they read to three digits</source>
  <translation>Faltungen runden, was sie lesen, auf drei Stellen</translation>
 </message>
 <message>
  <source>Only on a graphics card: TensorFloat-32</source>
  <translation>Nur auf einer Grafikkarte: TensorFloat-32</translation>
 </message>
 <message>
  <source>Not on this processor: it has no bfloat16 of its own (AVX-512 BF16), and would be slower than in float32</source>
  <translation>Nicht auf diesem Prozessor: Er hat kein eigenes bfloat16 (AVX-512 BF16) und wäre langsamer als mit float32</translation>
 </message>
 <message>
  <source>What gradients are computed in; weights and losses as well with float64. Metrics are always those of float32.</source>
  <translation>Worin Gradienten berechnet werden; mit float64 auch Gewichte und Verluste. Metriken sind immer die von float32.</translation>
 </message>
</context>
<context>
 <name>uninet::Badge</name>
 <message>
  <source>%1: %2 → %3, %4 of the clean performance is left</source>
  <translation>%1: %2 → %3, %4 der Leistung ohne Angriff verbleiben</translation>
 </message>
 <message>
  <source>%1 is undefined after the attack: no ratio</source>
  <translation>%1 ist nach dem Angriff nicht bestimmt: kein Verhältnis</translation>
 </message>
 <message>
  <source>%1 is %2 before the attack: no ratio</source>
  <translation>%1 ist vor dem Angriff %2: kein Verhältnis</translation>
 </message>
 <message>
  <source>%1 needs ground truth, which this image lacks</source>
  <translation>%1 braucht Referenzdaten, die diesem Bild fehlen</translation>
 </message>
</context>
<context>
 <name>uninet::Canvas</name>
 <message>
  <source>Canvas</source>
  <translation>Bildfläche</translation>
 </message>
 <message>
  <source>target</source>
  <translation>Ziel</translation>
 </message>
 <message>
  <source>%1, clean and attacked</source>
  <translation>%1, ohne und mit Angriff</translation>
 </message>
</context>
<context>
 <name>uninet::CanvasPart</name>
 <message>
  <source>Show or hide this row in all panels</source>
  <translation>Diese Zeile in allen Feldern zeigen oder verbergen</translation>
 </message>
 <message>
  <source>show a row</source>
  <translation>Zeile zeigen</translation>
 </message>
 <message>
  <source>hide a row</source>
  <translation>Zeile verbergen</translation>
 </message>
 <message>
  <source>Grid</source>
  <translation>Raster</translation>
 </message>
 <message>
  <source>Focus</source>
  <translation>Fokus</translation>
 </message>
 <message>
  <source>Wipe</source>
  <translation>Wischen</translation>
 </message>
 <message>
  <source>All panels</source>
  <translation>Alle Felder</translation>
 </message>
 <message>
  <source>One large panel, the others as a strip (double click on a panel)</source>
  <translation>Ein großes Feld, die anderen als Streifen (Doppelklick auf ein Feld)</translation>
 </message>
 <message>
  <source>Clean and attacked in every panel, with one divider to drag</source>
  <translation>Ohne und mit Angriff in jedem Feld, mit einer gemeinsamen Trennlinie zum Ziehen</translation>
 </message>
 <message>
  <source>change the layout</source>
  <translation>Anordnung ändern</translation>
 </message>
 <message>
  <source>%1: %2 → %3 on this image</source>
  <translation>%1: %2 → %3 auf diesem Bild</translation>
 </message>
 <message>
  <source>%1 is not defined on this image: nothing of it in the ground truth, or nothing found before the attack</source>
  <translation>%1 ist auf diesem Bild nicht bestimmt: nichts davon in den Referenzdaten, oder vor dem Angriff nichts gefunden</translation>
 </message>
 <message>
  <source>These images have no ground truth to measure with</source>
  <translation>Diese Bilder haben keine Referenzdaten, an denen gemessen werden kann</translation>
 </message>
 <message>
  <source>This image cannot be shown</source>
  <translation>Dieses Bild kann nicht gezeigt werden</translation>
 </message>
 <message>
  <source>Predicting…</source>
  <translation>Vorhersage läuft …</translation>
 </message>
 <message>
  <source>Open a network to see this output</source>
  <translation>Ein Netz öffnen, um diese Ausgabe zu sehen</translation>
 </message>
 <message>
  <source>Open images, or drop them here</source>
  <translation>Bilder öffnen oder hierher ziehen</translation>
 </message>
 <message>
  <source>No mask components: drop pca_meinst.npz here or run &quot;uninet mask-components&quot;</source>
  <translation>Keine Maskenkomponenten: pca_meinst.npz hierher ziehen oder „uninet mask-components“ starten</translation>
 </message>
 <message>
  <source>&amp;Attack only this object</source>
  <translation>Nur dieses Objekt &amp;angreifen</translation>
 </message>
 <message>
  <source>&amp;Zoom to it</source>
  <translation>&amp;Darauf zoomen</translation>
 </message>
 <message>
  <source>&amp;Select it</source>
  <translation>Au&amp;swählen</translation>
 </message>
 <message>
  <source>&amp;Gradient as the change of the image</source>
  <translation>&amp;Gradient als Änderung des Bildes</translation>
 </message>
 <message>
  <source>The last gradient of the objective in the row of changes, in place of the perturbation</source>
  <translation>Der letzte Gradient des Ziels in der Zeile der Änderungen, anstelle der Störung</translation>
 </message>
 <message>
  <source>show the gradient</source>
  <translation>Gradient zeigen</translation>
 </message>
 <message>
  <source>show a feature map</source>
  <translation>Merkmalskarte zeigen</translation>
 </message>
 <message>
  <source>How far each place of this feature map moves, in place of the perturbation; a click on a level of the Levels tab chooses another</source>
  <translation>Wie weit sich jede Stelle dieser Merkmalskarte bewegt, anstelle der Störung; ein Klick auf eine Ebene im Reiter „Ebenen“ wählt eine andere</translation>
 </message>
 <message>
  <source>&amp;Feature map %1 as the change of the image</source>
  <translation>&amp;Merkmalskarte %1 als Änderung des Bildes</translation>
 </message>
</context>
<context>
 <name>uninet::ChartsPart</name>
 <message>
  <source>Swap two classes with &quot;DAG swap, detection&quot;, on this image or on the split (Analyse menu): how the shapes of the boxes follow stands here.</source>
  <translation>Zwei Klassen mit „DAG-Tausch, Detektion“ tauschen, auf diesem Bild oder auf dem Split (Menü Auswerten): hier steht dann, wie die Formen der Kästen folgen.</translation>
 </message>
 <message>
  <source>Analyse ▸ Evaluate split, &quot;Interaction&quot;, fills this tab: who depends on whom.</source>
  <translation>Auswerten ▸ Split auswerten, „Wechselwirkung“, füllt diesen Reiter: wer hängt von wem ab.</translation>
 </message>
 <message>
  <source>Analyse ▸ Evaluate split, &quot;Levels&quot;, fills this tab: where the network breaks.</source>
  <translation>Auswerten ▸ Split auswerten, „Ebenen“, füllt diesen Reiter: wo das Netz bricht.</translation>
 </message>
 <message>
  <source>%1 · split, %2</source>
  <translation>%1 · Split, %2</translation>
 </message>
 <message>
  <source>Written: %1 with %2</source>
  <translation>Geschrieben: %1 mit %2</translation>
 </message>
</context>
<context>
 <name>uninet::CommandPalette</name>
 <message>
  <source>Commands</source>
  <translation>Befehle</translation>
 </message>
 <message>
  <source>Type a few letters of what you want to do</source>
  <translation>Ein paar Buchstaben dessen, was geschehen soll</translation>
 </message>
 <message>
  <source>Command</source>
  <translation>Befehl</translation>
 </message>
 <message>
  <source>Nothing is called “%1”.</source>
  <translation>Nichts heißt „%1“.</translation>
 </message>
</context>
<context>
 <name>uninet::DataChip</name>
 <message>
  <source>Images</source>
  <translation>Bilder</translation>
 </message>
 <message>
  <source>no images</source>
  <translation>keine Bilder</translation>
 </message>
 <message>
  <source>Open pictures, a Cityscapes or NYUv2 tree, or drop them on the window</source>
  <translation>Bilder, einen Cityscapes- oder NYUv2-Baum öffnen oder auf das Fenster ziehen</translation>
 </message>
 <message numerus="yes">
  <source>%Ln image(s)</source>
  <translation>
   <numerusform>ein Bild</numerusform>
   <numerusform>%Ln Bilder</numerusform>
  </translation>
 </message>
 <message>
  <source>no ground truth</source>
  <translation>keine Referenzdaten</translation>
 </message>
 <message>
  <source>Without ground truth outputs and attacks work; metrics need a Cityscapes or NYUv2 tree.</source>
  <translation>Ohne Referenzdaten gehen Ausgaben und Angriffe; Metriken brauchen einen Cityscapes- oder NYUv2-Baum.</translation>
 </message>
 <message>
  <source>Open &amp;folder or data set…</source>
  <translation>&amp;Ordner oder Datensatz öffnen …</translation>
 </message>
 <message>
  <source>Open &amp;pictures…</source>
  <translation>Bilde&amp;r öffnen …</translation>
 </message>
 <message>
  <source>Built-in &amp;street scenes</source>
  <translation>Eingebaute &amp;Straßenszenen</translation>
 </message>
 <message>
  <source>Split</source>
  <translation>Split</translation>
 </message>
 <message>
  <source>City</source>
  <translation>Stadt</translation>
 </message>
 <message>
  <source>all</source>
  <translation>alle</translation>
 </message>
</context>
<context>
 <name>uninet::DepthUnitMenu</name>
 <message>
  <source>Depth &amp;unit</source>
  <translation>&amp;Einheit der Tiefe</translation>
 </message>
 <message>
  <source>Unit of depth</source>
  <translation>Einheit der Tiefe</translation>
 </message>
 <message>
  <source>Metres of one unit of the depth files:</source>
  <translation>Meter je Einheit der Tiefendateien:</translation>
 </message>
 <message>
  <source>&amp;As the data set has it: millimetres in PNG, metres in .npy</source>
  <translation>&amp;Wie im Datensatz: Millimeter in PNG, Meter in .npy</translation>
 </message>
 <message>
  <source>%1 m</source>
  <translation>%1 m</translation>
 </message>
 <message>
  <source>&amp;Other…</source>
  <translation>&amp;Andere…</translation>
 </message>
</context>
<context>
 <name>uninet::Document</name>
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
  <source>The network is computed on the CPU: %1</source>
  <translation>Das Netz wird auf der CPU berechnet: %1</translation>
 </message>
 <message>
  <source>Moving the network</source>
  <translation>Das Netz wird verlegt</translation>
 </message>
 <message>
  <source>Opening the demo network</source>
  <translation>Das Demo-Netz wird geöffnet</translation>
 </message>
 <message>
  <source>Opening Streetscape</source>
  <translation>Streetscape wird geöffnet</translation>
 </message>
 <message>
  <source>%1 is not the network that this run was made with.</source>
  <translation>%1 ist nicht das Netz, mit dem dieser Lauf gemacht wurde.</translation>
 </message>
 <message>
  <source>The images cannot be opened, because %1 is not there: bring that folder or drive back and they are opened by themselves.</source>
  <translation>Die Bilder lassen sich nicht öffnen, weil %1 fehlt: Ist dieser Ordner oder dieses Laufwerk wieder da, werden sie von selbst geöffnet.</translation>
 </message>
 <message>
  <source>These pictures have no ground truth: outputs and attacks work, metrics need a Cityscapes or NYUv2 tree.</source>
  <translation>Diese Bilder haben keine Referenzdaten: Ausgaben und Angriffe gehen, Metriken brauchen einen Cityscapes- oder NYUv2-Baum.</translation>
 </message>
 <message>
  <source>The attack was stopped: another network or other images were opened.</source>
  <translation>Der Angriff wurde angehalten: ein anderes Netz oder andere Bilder wurden geöffnet.</translation>
 </message>
 <message>
  <source>Predicting</source>
  <translation>Vorhersage</translation>
 </message>
 <message>
  <source>%1 was stopped.</source>
  <translation>%1 wurde angehalten.</translation>
 </message>
 <message>
  <source>Saving</source>
  <translation>Speichern</translation>
 </message>
 <message>
  <source>Saved to %1.</source>
  <translation>Gespeichert in %1.</translation>
 </message>
 <message numerus="yes">
  <source>delete %Ln run(s)</source>
  <translation>
   <numerusform>einen Lauf löschen</numerusform>
   <numerusform>%Ln Läufe löschen</numerusform>
  </translation>
 </message>
 <message>
  <source>The session is kept in %1.</source>
  <translation>Die Sitzung wird in %1 behalten.</translation>
 </message>
 <message>
  <source>An attack runs on this image: stop it, or wait for its end.</source>
  <translation>Auf diesem Bild läuft ein Angriff: anhalten, oder sein Ende abwarten.</translation>
 </message>
 <message>
  <source>This run is of %1 on %2 of %3; open them to see it.</source>
  <translation>Dieser Lauf ist von %1 auf %2 aus %3; sie müssen geöffnet sein, um ihn zu sehen.</translation>
 </message>
 <message>
  <source>Showing the run</source>
  <translation>Lauf wird gezeigt</translation>
 </message>
 <message>
  <source>Run %1 again: the same image, bit for bit.</source>
  <translation>Lauf %1 noch einmal: dasselbe Bild, Bit für Bit.</translation>
 </message>
 <message>
  <source>Run %1 again: another image came out. It was made with another processor, other threads or another version.</source>
  <translation>Lauf %1 noch einmal: ein anderes Bild kam heraus. Er wurde mit einem anderen Prozessor, anderer Zahl von Threads oder einer anderen Version gemacht.</translation>
 </message>
 <message>
  <source>Packing the session</source>
  <translation>Sitzung wird gepackt</translation>
 </message>
 <message>
  <source>Written: %1</source>
  <translation>Geschrieben: %1</translation>
 </message>
 <message>
  <source>Unpacking %1</source>
  <translation>%1 wird ausgepackt</translation>
 </message>
 <message>
  <source>There was not enough memory for “%1”: what was kept of other images to be fast is let go, and it is tried once more, more sparingly.</source>
  <translation>Der Speicher reichte nicht für „%1“: Was von anderen Bildern für schnelles Blättern behalten wurde, wird freigegeben, und es wird noch einmal sparsamer versucht.</translation>
 </message>
 <message>
  <source>The folder is back, and the session is saved.</source>
  <translation>Der Ordner ist wieder da, und die Sitzung ist gespeichert.</translation>
 </message>
 <message>
  <source>The folder is back, and all runs are saved.</source>
  <translation>Der Ordner ist wieder da, und alle Läufe sind gespeichert.</translation>
 </message>
 <message>
  <source>The image cannot be shown, because %1 is gone: bring that folder or drive back and it is shown by itself; what was computed stays.</source>
  <translation>Das Bild kann nicht gezeigt werden, weil %1 fehlt: Sobald der Ordner oder das Laufwerk wieder da ist, erscheint es von selbst; was berechnet wurde, bleibt.</translation>
 </message>
 <message>
  <source>No gradient: the attack took none, or the run was shown from what is kept; run it again to see one</source>
  <translation>Kein Gradient: Der Angriff hat keinen berechnet, oder der Lauf wird aus dem Aufbewahrten gezeigt; ein neuer Lauf zeigt ihn</translation>
 </message>
 <message>
  <source>No gradient was taken</source>
  <translation>Kein Gradient wurde berechnet</translation>
 </message>
 <message>
  <source>edit the notes</source>
  <translation>Notizen ändern</translation>
 </message>
 <message>
  <source>The picture has another shape than the input of the network: grey bars fill it up.</source>
  <translation>Das Bild hat eine andere Form als die Eingabe des Netzes: Graue Balken füllen sie auf.</translation>
 </message>
 <message>
  <source>Feature map %1</source>
  <translation>Merkmalskarte %1</translation>
 </message>
 <message>
  <source>How far %1 moves is being computed…</source>
  <translation>Wie weit sich %1 bewegt, wird berechnet…</translation>
 </message>
 <message>
  <source>This network has no feature map %1</source>
  <translation>Dieses Netz hat keine Merkmalskarte %1</translation>
 </message>
 <message>
  <source>%1: %2 at most %3</source>
  <translation>%1: %2 höchstens %3</translation>
 </message>
 <message>
  <source>The network cannot be opened, because %1 is not there: bring that folder or drive back and it is opened by itself.</source>
  <translation>Das Netz kann nicht geöffnet werden, weil %1 fehlt: Sobald der Ordner oder das Laufwerk wieder da ist, wird es von selbst geöffnet.</translation>
 </message>
 <message>
  <source>There is now: %1</source>
  <translation>Neu dabei: %1</translation>
 </message>
 <message>
  <source>%1 on both networks</source>
  <translation>%1 auf beiden Netzen</translation>
 </message>
 <message>
  <source>%1 was not attacked, it only measured the attacked image: %2</source>
  <translation>%1 wurde nicht angegriffen, auf ihm wurde nur das angegriffene Bild gemessen: %2</translation>
 </message>
 <message>
  <source>Only runs on one image can be laid over each other, of one network or of the two that are open.</source>
  <translation>Nur Läufe auf einem Bild lassen sich übereinanderlegen, von einem Netz oder von den beiden offenen.</translation>
 </message>
 <message>
  <source>The image of this run was attacked on %1, %2 only measured it: run the attack on %1 again.</source>
  <translation>Das Bild dieses Laufs wurde auf %1 angegriffen und auf %2 nur gemessen: wiederholen Sie den Angriff auf %1.</translation>
 </message>
 <message>
  <source>This run is shown as soon as the second network is open.</source>
  <translation>Dieser Lauf wird gezeigt, sobald das zweite Netz offen ist.</translation>
 </message>
</context>
<context>
 <name>uninet::DrawButton</name>
 <message>
  <source>Drawing</source>
  <translation>Darstellung</translation>
 </message>
 <message>
  <source>Which objects are drawn, and how opaque masks are</source>
  <translation>Welche Objekte gezeichnet werden und wie deckend Masken sind</translation>
 </message>
 <message>
  <source>Score</source>
  <translation>Wert</translation>
 </message>
 <message>
  <source>Objects below this score are not drawn; metrics use all of them</source>
  <translation>Objekte unter diesem Wert werden nicht gezeichnet; Metriken nehmen alle</translation>
 </message>
 <message>
  <source>Opacity</source>
  <translation>Deckkraft</translation>
 </message>
 <message>
  <source>Of the masks over the image</source>
  <translation>Der Masken über dem Bild</translation>
 </message>
</context>
<context>
 <name>uninet::Drawer</name>
 <message>
  <source>Results</source>
  <translation>Ergebnisse</translation>
 </message>
 <message>
  <source>Show this tab in a window of its own</source>
  <translation>Diesen Reiter in einem eigenen Fenster zeigen</translation>
 </message>
 <message>
  <source>Close the results</source>
  <translation>Ergebnisse schließen</translation>
 </message>
 <message>
  <source>Open the results</source>
  <translation>Ergebnisse öffnen</translation>
 </message>
 <message>
  <source>%1: something new</source>
  <translation>%1: etwas Neues</translation>
 </message>
</context>
<context>
 <name>uninet::ExportDialog</name>
 <message>
  <source>Width</source>
  <translation>Breite</translation>
 </message>
 <message>
  <source>Height</source>
  <translation>Höhe</translation>
 </message>
 <message>
  <source>CSV (numbers)</source>
  <translation>CSV (Zahlen)</translation>
 </message>
 <message>
  <source>Export figure</source>
  <translation>Abbildung exportieren</translation>
 </message>
 <message>
  <source>Export</source>
  <translation>Exportieren</translation>
 </message>
 <message>
  <source>One column (%1 mm)</source>
  <translation>Eine Spalte (%1 mm)</translation>
 </message>
 <message>
  <source>Two columns (%1 mm)</source>
  <translation>Zwei Spalten (%1 mm)</translation>
 </message>
 <message>
  <source>Other</source>
  <translation>Andere</translation>
 </message>
 <message>
  <source> mm</source>
  <translation> mm</translation>
 </message>
 <message>
  <source> pt</source>
  <translation> pt</translation>
 </message>
 <message>
  <source>Long (Segmentation)</source>
  <translation>Lang (Segmentierung)</translation>
 </message>
 <message>
  <source>Short (SS)</source>
  <translation>Kurz (SS)</translation>
 </message>
 <message>
  <source>Resolution of the PNG</source>
  <translation>Auflösung des PNG</translation>
 </message>
 <message>
  <source> dpi</source>
  <translation> dpi</translation>
 </message>
 <message>
  <source>Browse…</source>
  <translation>Durchsuchen …</translation>
 </message>
 <message>
  <source>Folder for the figure</source>
  <translation>Ordner der Abbildung</translation>
 </message>
 <message>
  <source>&amp;Width</source>
  <translation>&amp;Breite</translation>
 </message>
 <message>
  <source>&amp;Height</source>
  <translation>&amp;Höhe</translation>
 </message>
 <message>
  <source>&amp;Font</source>
  <translation>&amp;Schrift</translation>
 </message>
 <message>
  <source>&amp;Names</source>
  <translation>&amp;Namen</translation>
 </message>
 <message>
  <source>Formats</source>
  <translation>Formate</translation>
 </message>
 <message>
  <source>F&amp;ile</source>
  <translation>&amp;Datei</translation>
 </message>
 <message>
  <source>Without an end: each format adds its own.</source>
  <translation>Ohne Endung: jedes Format hängt seine an.</translation>
 </message>
 <message>
  <source>Preview, %1 by %2 mm</source>
  <translation>Vorschau, %1 mal %2 mm</translation>
 </message>
 <message>
  <source>Choose at least one format.</source>
  <translation>Mindestens ein Format wählen.</translation>
 </message>
 <message>
  <source>There already, and replaced: %1.</source>
  <translation>Schon da, wird ersetzt: %1.</translation>
 </message>
</context>
<context>
 <name>uninet::FigureCanvas</name>
 <message>
  <source>Click: show or hide. Alt+click: this one alone. Keys 1 to 9 and Alt+1 to Alt+9 do the same.</source>
  <translation>Klick: zeigen oder verbergen. Alt+Klick: diese allein. Die Tasten 1 bis 9 und Alt+1 bis Alt+9 tun dasselbe.</translation>
 </message>
</context>
<context>
 <name>uninet::FigureView</name>
 <message>
  <source>Note on the figure</source>
  <translation>Anmerkung zur Abbildung</translation>
 </message>
 <message>
  <source>Figure</source>
  <translation>Abbildung</translation>
 </message>
 <message>
  <source>Value at the cursor</source>
  <translation>Wert am Zeiger</translation>
 </message>
 <message>
  <source>log</source>
  <translation>log</translation>
 </message>
 <message>
  <source>Logarithmic axis</source>
  <translation>Logarithmische Achse</translation>
 </message>
 <message>
  <source>Copy</source>
  <translation>Kopieren</translation>
 </message>
 <message>
  <source>Copy the picture or the numbers</source>
  <translation>Bild oder Zahlen kopieren</translation>
 </message>
 <message>
  <source>Copy picture</source>
  <translation>Bild kopieren</translation>
 </message>
 <message>
  <source>Copy numbers (CSV)</source>
  <translation>Zahlen kopieren (CSV)</translation>
 </message>
 <message>
  <source>Show in a window of its own</source>
  <translation>In einem eigenen Fenster zeigen</translation>
 </message>
 <message>
  <source>Export…</source>
  <translation>Exportieren …</translation>
 </message>
 <message>
  <source>Export the figure as PDF, SVG, PNG, CSV</source>
  <translation>Die Abbildung als PDF, SVG, PNG, CSV exportieren</translation>
 </message>
 <message>
  <source>Chart: %1</source>
  <translation>Diagramm: %1</translation>
 </message>
 <message>
  <source>not defined</source>
  <translation>nicht bestimmt</translation>
 </message>
 <message>
  <source> (95 %: %1 to %2)</source>
  <translation> (95 %: %1 bis %2)</translation>
 </message>
 <message>
  <source>rounding alone moves it by %1 (images: %2)</source>
  <translation>Rundung allein verschiebt es um %1 (Bilder: %2)</translation>
 </message>
 <message>
  <source>clean %1 → attacked %2</source>
  <translation>ohne Angriff %1 → mit Angriff %2</translation>
 </message>
</context>
<context>
 <name>uninet::FileActions</name>
 <message>
  <source>Recent ne&amp;tworks</source>
  <translation>Le&amp;tzte Netze</translation>
 </message>
 <message>
  <source>Recent &amp;images</source>
  <translation>&amp;Letzte Bilder</translation>
 </message>
 <message>
  <source>Recent &amp;sessions</source>
  <translation>Letzte &amp;Sitzungen</translation>
 </message>
 <message>
  <source>Open &amp;network…</source>
  <translation>&amp;Netz öffnen …</translation>
 </message>
 <message>
  <source>Open mask &amp;components…</source>
  <translation>Masken&amp;komponenten öffnen …</translation>
 </message>
 <message>
  <source>Open &amp;folder or data set…</source>
  <translation>&amp;Ordner oder Datensatz öffnen …</translation>
 </message>
 <message>
  <source>Ctrl+Shift+O</source>
  <translation>Ctrl+Shift+O</translation>
 </message>
 <message>
  <source>Open &amp;pictures…</source>
  <translation>Bilde&amp;r öffnen …</translation>
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
  <source>Ne&amp;w session</source>
  <translation>Ne&amp;ue Sitzung</translation>
 </message>
 <message>
  <source>Open s&amp;ession…</source>
  <translation>S&amp;itzung öffnen …</translation>
 </message>
 <message>
  <source>Ctrl+Alt+O</source>
  <translation>Ctrl+Alt+O</translation>
 </message>
 <message>
  <source>Keep session &amp;as…</source>
  <translation>Sitzung behalten &amp;als …</translation>
 </message>
 <message>
  <source>Export &amp;bundle…</source>
  <translation>Bündel e&amp;xportieren …</translation>
 </message>
 <message>
  <source>Save resu&amp;lt…</source>
  <translation>Ergebnis s&amp;peichern …</translation>
 </message>
 <message>
  <source>nothing yet</source>
  <translation>noch nichts</translation>
 </message>
 <message>
  <source>%1 was not exported from a session; its manifest says how it was made.</source>
  <translation>%1 wurde nicht aus einer Sitzung exportiert; wie die Abbildung entstand, steht in ihrem Manifest.</translation>
 </message>
 <message>
  <source>This figure is of the session that is open.</source>
  <translation>Diese Abbildung ist aus der Sitzung, die offen ist.</translation>
 </message>
 <message>
  <source>Where is the session of this figure (%1)?</source>
  <translation>Wo liegt die Sitzung dieser Abbildung (%1)?</translation>
 </message>
 <message>
  <source>Sessions (*.json *.zip);;All files (*)</source>
  <translation>Sitzungen (*.json *.zip);;Alle Dateien (*)</translation>
 </message>
 <message>
  <source>Open a network</source>
  <translation>Netz öffnen</translation>
 </message>
 <message>
  <source>Checkpoints (*.pth *.pt *.ckpt *.safetensors);;All files (*)</source>
  <translation>Checkpoints (*.pth *.pt *.ckpt *.safetensors);;Alle Dateien (*)</translation>
 </message>
 <message>
  <source>Open mask components</source>
  <translation>Maskenkomponenten öffnen</translation>
 </message>
 <message>
  <source>Mask components (*.npz)</source>
  <translation>Maskenkomponenten (*.npz)</translation>
 </message>
 <message>
  <source>Open a Cityscapes or NYUv2 tree, or a folder of pictures</source>
  <translation>Einen Cityscapes- oder NYUv2-Baum oder einen Ordner mit Bildern öffnen</translation>
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
  <source>Open a session</source>
  <translation>Sitzung öffnen</translation>
 </message>
 <message>
  <source>Sessions and bundles (*.json *.zip);;All files (*)</source>
  <translation>Sitzungen und Bündel (*.json *.zip);;Alle Dateien (*)</translation>
 </message>
 <message>
  <source>Keep the session as</source>
  <translation>Sitzung behalten als</translation>
 </message>
 <message>
  <source>Sessions (*.json)</source>
  <translation>Sitzungen (*.json)</translation>
 </message>
 <message>
  <source>Export session, runs and images</source>
  <translation>Sitzung, Läufe und Bilder exportieren</translation>
 </message>
 <message>
  <source>Bundles (*.zip)</source>
  <translation>Bündel (*.zip)</translation>
 </message>
 <message>
  <source>Folder for the session in %1</source>
  <translation>Ordner für die Sitzung in %1</translation>
 </message>
 <message>
  <source>Save images, outputs and report.json in this folder</source>
  <translation>Bilder, Ausgaben und report.json in diesem Ordner speichern</translation>
 </message>
 <message>
  <source>N&amp;otes of the session…</source>
  <translation>Noti&amp;zen der Sitzung …</translation>
 </message>
 <message>
  <source>Compare with another chec&amp;kpoint…</source>
  <translation>Mit weiterem Checkpoint &amp;vergleichen …</translation>
 </message>
 <message>
  <source>Compare with the built-in &amp;MTI-Net++</source>
  <translation>Mit dem eingebauten &amp;MTI-Net++ vergleichen</translation>
 </message>
 <message>
  <source>A network of another architecture with the same five tasks, trained on the built-in world as the demo was</source>
  <translation>Ein Netz anderer Architektur mit denselben fünf Aufgaben, auf der eingebauten Welt trainiert wie das der Demo</translation>
 </message>
 <message>
  <source>Close the second netwo&amp;rk</source>
  <translation>Zweites Netz s&amp;chließen</translation>
 </message>
 <message>
  <source>Opens a network beside the one that is open: an attack then runs on both, and each one&apos;s attacked image is measured on the other</source>
  <translation>Öffnet ein Netz neben dem offenen: ein Angriff läuft dann auf beiden, und das angegriffene Bild des einen wird auf dem anderen gemessen</translation>
 </message>
 <message>
  <source>Compare with another network</source>
  <translation>Mit einem weiteren Netz vergleichen</translation>
 </message>
</context>
<context>
 <name>uninet::FilmModel</name>
 <message>
  <source>a run was made on it</source>
  <translation>darauf wurde ein Lauf gemacht</translation>
 </message>
 <message>
  <source>lost %1 %</source>
  <translation>%1 % verloren</translation>
 </message>
 <message>
  <source>it cannot be read</source>
  <translation>nicht lesbar</translation>
 </message>
</context>
<context>
 <name>uninet::FilmStrip</name>
 <message>
  <source>no image called “%1”</source>
  <translation>kein Bild heißt „%1“</translation>
 </message>
 <message>
  <source>Sort by number</source>
  <translation>Nach Nummer ordnen</translation>
 </message>
 <message>
  <source>Sort by damage</source>
  <translation>Nach Schaden ordnen</translation>
 </message>
 <message>
  <source>Sort by damage (no run of these images yet)</source>
  <translation>Nach Schaden ordnen (noch kein Lauf auf diesen Bildern)</translation>
 </message>
 <message>
  <source>Images</source>
  <translation>Bilder</translation>
 </message>
 <message>
  <source>No images. Drop pictures, a folder or a data set here.</source>
  <translation>Keine Bilder. Bilder, einen Ordner oder einen Datensatz hierher ziehen.</translation>
 </message>
 <message>
  <source>find…</source>
  <translation>suchen …</translation>
 </message>
 <message>
  <source>Find an image</source>
  <translation>Ein Bild suchen</translation>
 </message>
 <message>
  <source>A number, or a part of a name or city; Enter goes to the next</source>
  <translation>Eine Nummer oder ein Teil von Name oder Stadt; Eingabe geht zum nächsten</translation>
 </message>
 <message>
  <source>Sort by the damage of “%1”</source>
  <translation>Nach Schaden durch „%1“ ordnen</translation>
 </message>
 <message>
  <source>Damage of the runs of this session</source>
  <translation>Schaden durch die Läufe dieser Sitzung</translation>
 </message>
</context>
<context>
 <name>uninet::HelpBrowser</name>
 <message>
  <source>This page cannot be shown</source>
  <translation>Diese Seite kann nicht gezeigt werden</translation>
 </message>
</context>
<context>
 <name>uninet::HelpWindow</name>
 <message>
  <source>Begin</source>
  <translation>Beginnen</translation>
 </message>
 <message>
  <source>Attacks</source>
  <translation>Angriffe</translation>
 </message>
 <message>
  <source>Results</source>
  <translation>Ergebnisse</translation>
 </message>
 <message>
  <source>Keeping and finding</source>
  <translation>Behalten und finden</translation>
 </message>
 <message>
  <source>Help</source>
  <translation>Hilfe</translation>
 </message>
 <message>
  <source>Search all pages</source>
  <translation>In allen Seiten suchen</translation>
 </message>
 <message>
  <source>Find in this page</source>
  <translation>In dieser Seite suchen</translation>
 </message>
 <message>
  <source>Pages</source>
  <translation>Seiten</translation>
 </message>
 <message>
  <source>Page</source>
  <translation>Seite</translation>
 </message>
 <message>
  <source>Places that were found</source>
  <translation>Fundstellen</translation>
 </message>
 <message>
  <source>Back</source>
  <translation>Zurück</translation>
 </message>
 <message>
  <source>Forward</source>
  <translation>Vor</translation>
 </message>
 <message>
  <source>Previous place</source>
  <translation>Vorige Stelle</translation>
 </message>
 <message>
  <source>Next place</source>
  <translation>Nächste Stelle</translation>
 </message>
 <message>
  <source>Close</source>
  <translation>Schließen</translation>
 </message>
 <message>
  <source>No page has these words.</source>
  <translation>Auf keiner Seite stehen diese Wörter.</translation>
 </message>
 <message>
  <source>not in this page</source>
  <translation>nicht auf dieser Seite</translation>
 </message>
 <message>
  <source>%1 of %2</source>
  <translation>%1 von %2</translation>
 </message>
</context>
<context>
 <name>uninet::Hints</name>
 <message>
  <source>%1 of %2</source>
  <translation>%1 von %2</translation>
 </message>
 <message>
  <source>Skip</source>
  <translation>Überspringen</translation>
 </message>
 <message>
  <source>Close all hints</source>
  <translation>Alle Hinweise schließen</translation>
 </message>
 <message>
  <source>Got it</source>
  <translation>Verstanden</translation>
 </message>
 <message>
  <source>Hint: %1</source>
  <translation>Hinweis: %1</translation>
 </message>
</context>
<context>
 <name>uninet::JobList</name>
 <message>
  <source>waits</source>
  <translation>wartet</translation>
 </message>
 <message>
  <source>runs</source>
  <translation>läuft</translation>
 </message>
 <message>
  <source>%1 of %2</source>
  <translation>%1 von %2</translation>
 </message>
 <message>
  <source>, %1 left</source>
  <translation>, noch %1</translation>
 </message>
 <message>
  <source>Jobs</source>
  <translation>Aufträge</translation>
 </message>
 <message>
  <source>Stop</source>
  <translation>Anhalten</translation>
 </message>
 <message>
  <source>Stop %1</source>
  <translation>%1 anhalten</translation>
 </message>
 <message>
  <source>No job runs or waits.</source>
  <translation>Kein Auftrag läuft oder wartet.</translation>
 </message>
</context>
<context>
 <name>uninet::JobRunner</name>
 <message>
  <source>There is not enough memory, also after everything was let go that could be: close other programs, or open the network at a smaller size.</source>
  <translation>Der Speicher reicht nicht, auch nachdem alles freigegeben wurde, was entbehrlich ist: andere Programme schließen, oder das Netz in einer kleineren Größe öffnen.</translation>
 </message>
</context>
<context>
 <name>uninet::Legend</name>
 <message>
  <source>%1 m</source>
  <translation>%1 m</translation>
 </message>
 <message>
  <source>Classes ▾</source>
  <translation>Klassen ▾</translation>
 </message>
 <message>
  <source>Classes: %1 ▴</source>
  <translation>Klassen: %1 ▴</translation>
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
 <name>uninet::MainWindow</name>
 <message>
  <source>Runs</source>
  <translation>Läufe</translation>
 </message>
 <message>
  <source>Metric ratios</source>
  <translation>Metrikverhältnisse</translation>
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
  <source>Shape bias</source>
  <translation>Formneigung</translation>
 </message>
 <message>
  <source>Objects</source>
  <translation>Objekte</translation>
 </message>
 <message>
  <source>Log</source>
  <translation>Protokoll</translation>
 </message>
 <message>
  <source>Outputs at the cursor</source>
  <translation>Ausgaben am Zeiger</translation>
 </message>
 <message>
  <source>The program ended without closing its session. Its runs are kept.</source>
  <translation>Das Programm endete, ohne seine Sitzung zu schließen. Ihre Läufe sind da.</translation>
 </message>
 <message>
  <source>Go on with it</source>
  <translation>Damit weitermachen</translation>
 </message>
 <message>
  <source>What is attacked, and how strongly. F5 runs it.</source>
  <translation>Was angegriffen wird, und wie stark. F5 startet.</translation>
 </message>
 <message>
  <source>Every step of the attack. The marks say where each task first lost half of its performance.</source>
  <translation>Jeder Schritt des Angriffs. Die Marken sagen, wo jede Aufgabe zuerst die Hälfte ihrer Leistung verlor.</translation>
 </message>
 <message>
  <source>Hold the space bar to see the other state. A double click makes a panel large, the wheel zooms into all of them.</source>
  <translation>Mit gehaltener Leertaste ist der andere Zustand zu sehen. Ein Doppelklick macht ein Feld groß, das Rad zoomt in alle.</translation>
 </message>
 <message>
  <source>Every run is kept here, to compare, to repeat and for figures.</source>
  <translation>Jeder Lauf wird hier behalten: zum Vergleichen, Wiederholen und für Abbildungen.</translation>
 </message>
 <message>
  <source>Choose an image first</source>
  <translation>Zuerst ein Bild wählen</translation>
 </message>
 <message>
  <source>Open a network first</source>
  <translation>Zuerst ein Netz öffnen</translation>
 </message>
 <message>
  <source>UniNet Workbench</source>
  <translation>UniNet Workbench</translation>
 </message>
 <message>
  <source>Evaluation</source>
  <translation>Auswertung</translation>
 </message>
 <message>
  <source>These images have no ground truth: no metric can be computed.</source>
  <translation>Diese Bilder haben keine Referenzdaten: keine Metrik kann berechnet werden.</translation>
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
  <source>&amp;File</source>
  <translation>&amp;Datei</translation>
 </message>
 <message>
  <source>E&amp;xport figure…</source>
  <translation>Abbildung &amp;exportieren …</translation>
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
  <source>&amp;Find image</source>
  <translation>Bild &amp;suchen</translation>
 </message>
 <message>
  <source>&amp;All commands…</source>
  <translation>&amp;Alle Befehle …</translation>
 </message>
 <message>
  <source>Ctrl+Shift+P</source>
  <translation>Ctrl+Shift+P</translation>
 </message>
 <message>
  <source>&amp;View</source>
  <translation>A&amp;nsicht</translation>
 </message>
 <message>
  <source>&amp;Rows</source>
  <translation>&amp;Zeilen</translation>
 </message>
 <message>
  <source>&amp;Large panel</source>
  <translation>&amp;Großes Feld</translation>
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
  <source>Close the res&amp;ults</source>
  <translation>E&amp;rgebnisse schließen</translation>
 </message>
 <message>
  <source>Alt+0</source>
  <translation>Alt+0</translation>
 </message>
 <message>
  <source>&amp;Images</source>
  <translation>&amp;Bilder</translation>
 </message>
 <message>
  <source>&amp;Attack</source>
  <translation>&amp;Angriff</translation>
 </message>
 <message>
  <source>&amp;Theme</source>
  <translation>&amp;Farben</translation>
 </message>
 <message>
  <source>&amp;Density</source>
  <translation>&amp;Dichte</translation>
 </message>
 <message>
  <source>As the &amp;system</source>
  <translation>Wie das &amp;System</translation>
 </message>
 <message>
  <source>&amp;Light</source>
  <translation>&amp;Hell</translation>
 </message>
 <message>
  <source>&amp;Dark</source>
  <translation>&amp;Dunkel</translation>
 </message>
 <message>
  <source>&amp;Comfortable</source>
  <translation>&amp;Bequem</translation>
 </message>
 <message>
  <source>C&amp;ompact</source>
  <translation>&amp;Knapp</translation>
 </message>
 <message>
  <source>Lan&amp;guage</source>
  <translation>S&amp;prache</translation>
 </message>
 <message>
  <source>%1 (Chinese: needs the package %2)</source>
  <translation>%1 (Chinesisch: braucht das Paket %2)</translation>
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
  <source>Pr&amp;esets</source>
  <translation>V&amp;oreinstellungen</translation>
 </message>
 <message>
  <source>A&amp;nalyse</source>
  <translation>Aus&amp;werten</translation>
 </message>
 <message>
  <source>&amp;Evaluate split…</source>
  <translation>Split &amp;auswerten …</translation>
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
  <translation>E&amp;rgebnisse öffnen …</translation>
 </message>
 <message>
  <source>Ctrl+R</source>
  <translation>Ctrl+R</translation>
 </message>
 <message>
  <source>&amp;Help</source>
  <translation>&amp;Hilfe</translation>
 </message>
 <message>
  <source>&amp;Keyboard…</source>
  <translation>&amp;Tastatur …</translation>
 </message>
 <message>
  <source>Ctrl+?</source>
  <translation>Ctrl+?</translation>
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
  <source>rows</source>
  <translation>Zeilen</translation>
 </message>
 <message>
  <source>Run</source>
  <translation>Starten</translation>
 </message>
 <message>
  <source>Method</source>
  <translation>Verfahren</translation>
 </message>
 <message>
  <source>Hold: the other state in every panel</source>
  <translation>Halten: der andere Zustand in jedem Feld</translation>
 </message>
 <message>
  <source>Fit the images</source>
  <translation>Bilder einpassen</translation>
 </message>
 <message>
  <source>Zoom in</source>
  <translation>Vergrößern</translation>
 </message>
 <message>
  <source>Zoom out</source>
  <translation>Verkleinern</translation>
 </message>
 <message>
  <source>Play the timeline</source>
  <translation>Zeitleiste abspielen</translation>
 </message>
 <message>
  <source>About</source>
  <translation>Über</translation>
 </message>
 <message>
  <source>&lt;b&gt;UniNet Workbench %1&lt;/b&gt;&lt;p&gt;Attack one task of a multi-task network and watch the others.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
  <translation>&lt;b&gt;UniNet Workbench %1&lt;/b&gt;&lt;p&gt;Eine Aufgabe eines Multi-Task-Netzes angreifen und den anderen zusehen.&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder später.&lt;/p&gt;</translation>
 </message>
 <message>
  <source>None of the images that are open is among those that “%1” was measured on.</source>
  <translation>Keines der geöffneten Bilder ist unter denen, auf denen „%1“ gemessen wurde.</translation>
 </message>
 <message>
  <source>The images are sorted by what “%1” did to them, the worst is shown. Its attack is chosen: %2 runs it.</source>
  <translation>Die Bilder sind danach geordnet, was „%1“ ihnen angetan hat, das schlimmste ist zu sehen. Sein Angriff ist gewählt: %2 startet ihn.</translation>
 </message>
 <message>
  <source>&amp;Load plugin…</source>
  <translation>Plugin &amp;laden …</translation>
 </message>
 <message>
  <source>Load attacks from a plugin, whose code is run</source>
  <translation>Angriffe aus einem Plugin laden, dessen Code ausgeführt wird</translation>
 </message>
 <message>
  <source>Plugins (*.so);;All files (*)</source>
  <translation>Plugins (*.so);;Alle Dateien (*)</translation>
 </message>
 <message>
  <source>&amp;Wipe between the networks</source>
  <translation>Zwischen den Netzen &amp;wischen</translation>
 </message>
 <message>
  <source>Ctrl+B</source>
  <translation>Ctrl+B</translation>
 </message>
 <message>
  <source>The attack that is shown, on network A left of the divider and on B right of it</source>
  <translation>Der gezeigte Angriff, links der Trennlinie auf Netz A und rechts davon auf B</translation>
 </message>
 <message>
  <source>The attack has run on both networks.</source>
  <translation>Der Angriff lief auf beiden Netzen.</translation>
 </message>
 <message>
  <source>Wipe between them</source>
  <translation>Dazwischen wischen</translation>
 </message>
</context>
<context>
 <name>uninet::NetworkChip</name>
 <message>
  <source>Network</source>
  <translation>Netz</translation>
 </message>
 <message>
  <source>Open &amp;network…</source>
  <translation>&amp;Netz öffnen …</translation>
 </message>
 <message>
  <source>Open mask &amp;components…</source>
  <translation>Masken&amp;komponenten öffnen …</translation>
 </message>
 <message>
  <source>Built-in &amp;demo</source>
  <translation>Eingebaute &amp;Demo</translation>
 </message>
 <message>
  <source>Compute &amp;on</source>
  <translation>&amp;Berechnen auf</translation>
 </message>
 <message>
  <source>no network</source>
  <translation>kein Netz</translation>
 </message>
 <message>
  <source>Open a checkpoint, or drop it on the window</source>
  <translation>Einen Checkpoint öffnen oder auf das Fenster ziehen</translation>
 </message>
 <message numerus="yes">
  <source>%Ln task(s) · %1 · %2</source>
  <translation>
   <numerusform>eine Aufgabe · %1 · %2</numerusform>
   <numerusform>%Ln Aufgaben · %1 · %2</numerusform>
  </translation>
 </message>
 <message>
  <source>Tasks: %1</source>
  <translation>Aufgaben: %1</translation>
 </message>
 <message>
  <source>Network: %1, width %2</source>
  <translation>Netz: %1, Breite %2</translation>
 </message>
 <message>
  <source>Encoder: %1</source>
  <translation>Encoder: %1</translation>
 </message>
 <message>
  <source>Neck: %1</source>
  <translation>Neck: %1</translation>
 </message>
 <message>
  <source>Classes: %1</source>
  <translation>Klassen: %1</translation>
 </message>
 <message>
  <source>File: %1</source>
  <translation>Datei: %1</translation>
 </message>
 <message>
  <source>SHA-256: %1</source>
  <translation>SHA-256: %1</translation>
 </message>
 <message>
  <source>A %1 · B %2</source>
  <translation>A %1 · B %2</translation>
 </message>
 <message>
  <source>A: %1</source>
  <translation>A: %1</translation>
 </message>
 <message>
  <source>B: %1</source>
  <translation>B: %1</translation>
 </message>
</context>
<context>
 <name>uninet::NumberField</name>
 <message>
  <source>of %1</source>
  <translation>von %1</translation>
 </message>
 <message>
  <source>%1, %2</source>
  <translation>%1, %2</translation>
 </message>
 <message>
  <source>%1, slider</source>
  <translation>%1, Schieber</translation>
 </message>
 <message>
  <source>%1: %2</source>
  <translation>%1: %2</translation>
 </message>
</context>
<context>
 <name>uninet::ObjectsModel</name>
 <message>
  <source>same</source>
  <translation>gleich</translation>
 </message>
 <message>
  <source>moved</source>
  <translation>verschoben</translation>
 </message>
 <message>
  <source>renamed</source>
  <translation>umbenannt</translation>
 </message>
 <message>
  <source>lost</source>
  <translation>verloren</translation>
 </message>
 <message>
  <source>new</source>
  <translation>neu</translation>
 </message>
 <message>
  <source>not found</source>
  <translation>nicht gefunden</translation>
 </message>
 <message>
  <source>Object %1: %2</source>
  <translation>Objekt %1: %2</translation>
 </message>
 <message>
  <source>%1; truth: %2</source>
  <translation>%1; Referenz: %2</translation>
 </message>
 <message>
  <source>Width × height in pixels of the network input, clean → attacked; sorted by the clean area</source>
  <translation>Breite × Höhe in Pixeln der Netzeingabe, ohne → mit Angriff; nach der Fläche ohne Angriff geordnet</translation>
 </message>
 <message>
  <source>Clean → attacked; sorted by the clean value</source>
  <translation>Ohne → mit Angriff; nach dem Wert ohne Angriff geordnet</translation>
 </message>
 <message>
  <source>Object</source>
  <translation>Objekt</translation>
 </message>
 <message>
  <source>Change</source>
  <translation>Änderung</translation>
 </message>
 <message>
  <source>Class</source>
  <translation>Klasse</translation>
 </message>
 <message>
  <source>Truth</source>
  <translation>Referenz</translation>
 </message>
 <message>
  <source>Score</source>
  <translation>Wert</translation>
 </message>
 <message>
  <source>Box (px)</source>
  <translation>Kasten (px)</translation>
 </message>
 <message>
  <source>Aspect</source>
  <translation>Seitenverh.</translation>
 </message>
 <message>
  <source>Mask IoU</source>
  <translation>Masken-IoU</translation>
 </message>
 <message>
  <source>Depth (m)</source>
  <translation>Tiefe (m)</translation>
 </message>
 <message>
  <source>Instance depth (m)</source>
  <translation>Instanztiefe (m)</translation>
 </message>
</context>
<context>
 <name>uninet::ObjectsPanel</name>
 <message>
  <source>Objects</source>
  <translation>Objekte</translation>
 </message>
 <message>
  <source>Find an object…</source>
  <translation>Objekt suchen …</translation>
 </message>
 <message>
  <source>Find an object</source>
  <translation>Objekt suchen</translation>
 </message>
 <message>
  <source>Rows that hold all of these words: number, class, change</source>
  <translation>Zeilen, die alle diese Wörter enthalten: Nummer, Klasse, Änderung</translation>
 </message>
 <message>
  <source>Show objects by their change</source>
  <translation>Objekte nach ihrer Änderung zeigen</translation>
 </message>
 <message>
  <source>How many objects are shown</source>
  <translation>Wie viele Objekte gezeigt werden</translation>
 </message>
 <message>
  <source>Zoom</source>
  <translation>Vergrößern</translation>
 </message>
 <message>
  <source>Zoom all panels to this object (Enter, double click)</source>
  <translation>Alle Felder auf dieses Objekt vergrößern (Eingabe, Doppelklick)</translation>
 </message>
 <message>
  <source>Attack only this</source>
  <translation>Nur dieses angreifen</translation>
 </message>
 <message>
  <source>Restrict the attack to this object</source>
  <translation>Den Angriff auf dieses Objekt beschränken</translation>
 </message>
 <message>
  <source>Copy as CSV</source>
  <translation>Als CSV kopieren</translation>
 </message>
 <message>
  <source>Copy the chosen rows, or all that are shown, with every digit (Ctrl+C)</source>
  <translation>Die gewählten oder alle gezeigten Zeilen mit allen Stellen kopieren (Strg+C)</translation>
 </message>
 <message>
  <source>every object</source>
  <translation>alle Objekte</translation>
 </message>
 <message>
  <source>every change</source>
  <translation>alle Änderungen</translation>
 </message>
 <message>
  <source>not found</source>
  <translation>nicht gefunden</translation>
 </message>
 <message>
  <source>No object is predicted here, or no image is open.</source>
  <translation>Hier ist kein Objekt vorhergesagt, oder kein Bild ist geöffnet.</translation>
 </message>
 <message>
  <source>No object fits the words and the change.</source>
  <translation>Kein Objekt passt zu den Wörtern und der Änderung.</translation>
 </message>
 <message numerus="yes">
  <source>%Ln object(s)</source>
  <translation>
   <numerusform>%Ln Objekt</numerusform>
   <numerusform>%Ln Objekte</numerusform>
  </translation>
 </message>
 <message numerus="yes">
  <source>%1 of %Ln object(s)</source>
  <translation>
   <numerusform>%1 von %Ln Objekt</numerusform>
   <numerusform>%1 von %Ln Objekten</numerusform>
  </translation>
 </message>
</context>
<context>
 <name>uninet::OfferedRemedies</name>
 <message>
  <source>Run again with %1: %2</source>
  <translation>Erneut starten mit %1: %2</translation>
 </message>
 <message>
  <source>%1: %2 in place of %3. All else is as in this run, which is kept.</source>
  <translation>%1: %2 statt %3. Alles andere ist wie in diesem Lauf, und der bleibt erhalten.</translation>
 </message>
</context>
<context>
 <name>uninet::OptionField</name>
 <message>
  <source>on</source>
  <translation>ein</translation>
 </message>
 <message>
  <source>off</source>
  <translation>aus</translation>
 </message>
</context>
<context>
 <name>uninet::OptionForm</name>
 <message>
  <source>Here: %1</source>
  <translation>Hier: %1</translation>
 </message>
 <message>
  <source>%1 to %2</source>
  <translation>%1 bis %2</translation>
 </message>
 <message>
  <source>%1, or %2</source>
  <translation>%1 oder %2</translation>
 </message>
 <message>
  <source>Limits: %1</source>
  <translation>Grenzen: %1</translation>
 </message>
 <message>
  <source>In 8-bit pixel values: 2 px = 2/%1</source>
  <translation>In 8-Bit-Pixelwerten: 2 px = 2/%1</translation>
 </message>
 <message>
  <source>In %1</source>
  <translation>In %1</translation>
 </message>
 <message>
  <source>Default: %1</source>
  <translation>Standard: %1</translation>
 </message>
 <message>
  <source>Paper: %1</source>
  <translation>Arbeit: %1</translation>
 </message>
 <message>
  <source>Ctrl+Shift+Backspace goes back to the default</source>
  <translation>Strg+Umschalt+Rücktaste stellt den Standard wieder her</translation>
 </message>
 <message>
  <source>Advanced</source>
  <translation>Erweitert</translation>
 </message>
 <message>
  <source>Advanced options</source>
  <translation>Erweiterte Optionen</translation>
 </message>
 <message>
  <source>Shows or hides the options that most people leave alone</source>
  <translation>Zeigt oder verbirgt die Optionen, die selten geändert werden</translation>
 </message>
 <message>
  <source>Reset %1</source>
  <translation>%1 zurücksetzen</translation>
 </message>
 <message>
  <source>Back to %1 (Ctrl+Shift+Backspace)</source>
  <translation>Zurück zu %1 (Strg+Umschalt+Rücktaste)</translation>
 </message>
 <message>
  <source>unfolded</source>
  <translation>aufgeklappt</translation>
 </message>
 <message>
  <source>folded</source>
  <translation>zugeklappt</translation>
 </message>
</context>
<context>
 <name>uninet::PanelView</name>
 <message>
  <source>Click: hide or show; Alt+click: this class alone</source>
  <translation>Klick: verbergen oder zeigen; Alt+Klick: nur diese Klasse</translation>
 </message>
</context>
<context>
 <name>uninet::Probe</name>
 <message>
  <source>contour %1</source>
  <translation>Kontur %1</translation>
 </message>
 <message>
  <source>normal (%1; %2; %3)</source>
  <translation>Normale (%1; %2; %3)</translation>
 </message>
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
<context>
 <name>uninet::RatioChart</name>
 <message>
  <source>Runs side by side</source>
  <translation>Läufe nebeneinander</translation>
 </message>
 <message>
  <source>Run an attack: the share of each task&apos;s performance that it leaves stands here.</source>
  <translation>Nach einem Angriff steht hier, welcher Anteil der Leistung jeder Aufgabe bleibt.</translation>
 </message>
 <message>
  <source>Metric ratios</source>
  <translation>Metrikverhältnisse</translation>
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
 <name>uninet::RetainedBars</name>
 <message>
  <source>Segmentation</source>
  <translation>Segmentierung</translation>
 </message>
 <message>
  <source>Instances</source>
  <translation>Instanzen</translation>
 </message>
 <message>
  <source>%1: the network has no such output</source>
  <translation>%1: Das Netz hat keine solche Ausgabe</translation>
 </message>
 <message>
  <source>%1: this image has no ground truth to measure it by</source>
  <translation>%1: Dieses Bild hat keine Referenzdaten zum Messen</translation>
 </message>
 <message>
  <source>%1: it cannot be measured on the attacked image</source>
  <translation>%1: Auf dem angegriffenen Bild nicht messbar</translation>
 </message>
 <message>
  <source>%1: %2 %3 → %4</source>
  <translation>%1: %2 %3 → %4</translation>
 </message>
 <message>
  <source>%1, ratio %2</source>
  <translation>%1, Verhältnis %2</translation>
 </message>
 <message>
  <source>%1; there is no ratio to a clean value of 0</source>
  <translation>%1; zu einem Wert von 0 ohne Angriff gibt es kein Verhältnis</translation>
 </message>
</context>
<context>
 <name>uninet::RunArchive</name>
 <message numerus="yes">
  <source>%Ln run(s) removed: more than the space for runs was used.</source>
  <translation>
   <numerusform>Ein Lauf entfernt: Der Platz für Läufe war überschritten.</numerusform>
   <numerusform>%Ln Läufe entfernt: Der Platz für Läufe war überschritten.</numerusform>
  </translation>
 </message>
 <message numerus="yes">
  <source>%Ln old run(s) removed to make room for the new one. Pin what must stay, or give runs more space.</source>
  <translation>
   <numerusform>Ein alter Lauf entfernt, um Platz für den neuen zu schaffen. Anheften, was bleiben soll, oder Läufen mehr Platz geben.</numerusform>
   <numerusform>%Ln alte Läufe entfernt, um Platz für den neuen zu schaffen. Anheften, was bleiben soll, oder Läufen mehr Platz geben.</numerusform>
  </translation>
 </message>
 <message>
  <source>The runs of this session cannot be reached, because %1 is gone: bring that folder or drive back, or choose File ▸ Keep session as; new runs are kept in memory until then.</source>
  <translation>Die Läufe dieser Sitzung sind nicht erreichbar, weil %1 fehlt: den Ordner oder das Laufwerk wiederherstellen, oder „Datei ▸ Sitzung behalten als“ wählen; neue Läufe bleiben bis dahin im Speicher.</translation>
 </message>
</context>
<context>
 <name>uninet::RunComparison</name>
 <message>
  <source>Image</source>
  <translation>Bild</translation>
 </message>
 <message>
  <source>Method</source>
  <translation>Verfahren</translation>
 </message>
 <message>
  <source>Region</source>
  <translation>Ausschnitt</translation>
 </message>
 <message>
  <source>Data</source>
  <translation>Daten</translation>
 </message>
 <message>
  <source>Network</source>
  <translation>Netz</translation>
 </message>
 <message>
  <source>Tick runs to compare them.</source>
  <translation>Läufe ankreuzen, um sie zu vergleichen.</translation>
 </message>
 <message>
  <source>Comparison of the ticked runs</source>
  <translation>Vergleich der angekreuzten Läufe</translation>
 </message>
 <message>
  <source>What the compared runs share</source>
  <translation>Was die verglichenen Läufe gemeinsam haben</translation>
 </message>
 <message>
  <source>Bars</source>
  <translation>Balken</translation>
 </message>
 <message>
  <source>Ratios</source>
  <translation>Verhältnisse</translation>
 </message>
 <message>
  <source>Options side by side</source>
  <translation>Optionen</translation>
 </message>
 <message>
  <source>Metric ratios of the compared runs</source>
  <translation>Metrikverhältnisse der verglichenen Läufe</translation>
 </message>
 <message>
  <source>Metrics of the compared runs, clean and attacked</source>
  <translation>Metriken der verglichenen Läufe, ohne und mit Angriff</translation>
 </message>
 <message>
  <source>Metric on the clean and on the attacked image, and in brackets the share of the performance that is left</source>
  <translation>Metrik auf dem Bild ohne und mit Angriff, in Klammern der Anteil der Leistung, der bleibt</translation>
 </message>
 <message>
  <source>Options of the compared runs</source>
  <translation>Optionen der verglichenen Läufe</translation>
 </message>
 <message>
  <source>Copy as CSV</source>
  <translation>Als CSV kopieren</translation>
 </message>
 <message>
  <source>Copy the comparison as CSV</source>
  <translation>Den Vergleich als CSV kopieren</translation>
 </message>
 <message>
  <source>Copies the numbers of this tab for a table or a script</source>
  <translation>Kopiert die Zahlen dieses Reiters für eine Tabelle oder ein Skript</translation>
 </message>
 <message>
  <source>Compared runs</source>
  <translation>Verglichene Läufe</translation>
 </message>
 <message>
  <source>%1, %2</source>
  <translation>%1, %2</translation>
 </message>
 <message>
  <source>%1 → %2 (%3)</source>
  <translation>%1 → %2 (%3)</translation>
 </message>
 <message>
  <source>Precision</source>
  <translation>Genauigkeit</translation>
 </message>
 <message>
  <source>Attacked on</source>
  <translation>Angegriffen auf</translation>
 </message>
</context>
<context>
 <name>uninet::RunNames</name>
 <message numerus="yes">
  <source>%Ln step(s)</source>
  <translation>
   <numerusform>ein Schritt</numerusform>
   <numerusform>%Ln Schritte</numerusform>
  </translation>
 </message>
 <message>
  <source>ε %1</source>
  <translation>ε %1</translation>
 </message>
 <message>
  <source>seed %1</source>
  <translation>Startwert %1</translation>
 </message>
 <message>
  <source>image %1</source>
  <translation>Bild %1</translation>
 </message>
 <message>
  <source>stopped at %1</source>
  <translation>angehalten bei %1</translation>
 </message>
</context>
<context>
 <name>uninet::RunOptions</name>
 <message>
  <source>on</source>
  <translation>ein</translation>
 </message>
 <message>
  <source>off</source>
  <translation>aus</translation>
 </message>
 <message>
  <source>unlimited</source>
  <translation>unbegrenzt</translation>
 </message>
 <message>
  <source>auto (%1)</source>
  <translation>automatisch (%1)</translation>
 </message>
 <message>
  <source>whole image</source>
  <translation>ganzes Bild</translation>
 </message>
 <message>
  <source>box %1</source>
  <translation>Kasten %1</translation>
 </message>
 <message>
  <source>polygon of %1 corners</source>
  <translation>Vieleck mit %1 Ecken</translation>
 </message>
 <message>
  <source>object %1</source>
  <translation>Objekt %1</translation>
 </message>
 <message>
  <source>mask %1</source>
  <translation>Maske %1</translation>
 </message>
</context>
<context>
 <name>uninet::RunsModel</name>
 <message>
  <source>%1 s</source>
  <translation>%1 s</translation>
 </message>
 <message>
  <source>%1, %2: %3 → %4, ratio %5</source>
  <translation>%1, %2: %3 → %4, Verhältnis %5</translation>
 </message>
 <message>
  <source>image %1, %2</source>
  <translation>Bild %1, %2</translation>
 </message>
 <message>
  <source>network %1</source>
  <translation>Netz %1</translation>
 </message>
 <message>
  <source>stopped at %1 of %2; the best image so far was kept</source>
  <translation>angehalten nach %1 von %2; das bisher beste Bild wurde behalten</translation>
 </message>
 <message>
  <source>pinned: never removed to make room</source>
  <translation>angeheftet: wird nie entfernt, um Platz zu schaffen</translation>
 </message>
 <message>
  <source>shown now</source>
  <translation>jetzt gezeigt</translation>
 </message>
 <message>
  <source>compare %1</source>
  <translation>%1 vergleichen</translation>
 </message>
 <message>
  <source>%1, shown now</source>
  <translation>%1, jetzt gezeigt</translation>
 </message>
 <message>
  <source>Compare: ticked runs stand side by side</source>
  <translation>Vergleichen: angekreuzte Läufe stehen nebeneinander</translation>
 </message>
 <message>
  <source>Strength, in 8-bit pixel values (2 = 2/255)</source>
  <translation>Stärke, in 8-Bit-Pixelwerten (2 = 2/255)</translation>
 </message>
 <message>
  <source>%1: %2</source>
  <translation>%1: %2</translation>
 </message>
 <message>
  <source>Share of each task&apos;s performance that the attack leaves on this image; sorted by its mean.</source>
  <translation>Anteil der Leistung jeder Aufgabe, den der Angriff auf diesem Bild lässt; sortiert nach dem Mittel.</translation>
 </message>
 <message>
  <source>Compare</source>
  <translation>Vergleichen</translation>
 </message>
 <message>
  <source>Image</source>
  <translation>Bild</translation>
 </message>
 <message>
  <source>Run</source>
  <translation>Lauf</translation>
 </message>
 <message>
  <source>Retained</source>
  <translation>Erhalten</translation>
 </message>
 <message>
  <source>ε</source>
  <translation>ε</translation>
 </message>
 <message>
  <source>Seed</source>
  <translation>Startwert</translation>
 </message>
 <message>
  <source>Time</source>
  <translation>Dauer</translation>
 </message>
 <message>
  <source>When</source>
  <translation>Wann</translation>
 </message>
 <message>
  <source>Note</source>
  <translation>Notiz</translation>
 </message>
 <message>
  <source>gradients in %1</source>
  <translation>Gradienten in %1</translation>
 </message>
 <message>
  <source>attacked on network %1, measured on %2</source>
  <translation>angegriffen auf Netz %1, gemessen auf %2</translation>
 </message>
</context>
<context>
 <name>uninet::RunsPanel</name>
 <message>
  <source>Kept runs</source>
  <translation>Behaltene Läufe</translation>
 </message>
 <message>
  <source>Find a run…</source>
  <translation>Lauf suchen …</translation>
 </message>
 <message>
  <source>Find a run</source>
  <translation>Lauf suchen</translation>
 </message>
 <message>
  <source>Rows that hold all of these words: name, image, method, note</source>
  <translation>Zeilen, die alle diese Wörter enthalten: Name, Bild, Verfahren, Notiz</translation>
 </message>
 <message>
  <source>What the runs take on disk; click to change how much they may</source>
  <translation>Was die Läufe auf der Platte belegen; klicken, um die Grenze zu ändern</translation>
 </message>
 <message>
  <source>More</source>
  <translation>Mehr</translation>
 </message>
 <message>
  <source>More actions on runs</source>
  <translation>Weitere Aktionen für Läufe</translation>
 </message>
 <message>
  <source>Actions on runs</source>
  <translation>Aktionen für Läufe</translation>
 </message>
 <message>
  <source>Show</source>
  <translation>Zeigen</translation>
 </message>
 <message>
  <source>Show the panels of this run again (Enter)</source>
  <translation>Die Felder dieses Laufs wieder zeigen (Eingabe)</translation>
 </message>
 <message>
  <source>Run again</source>
  <translation>Erneut starten</translation>
 </message>
 <message>
  <source>Repeat the attack with every option as it was</source>
  <translation>Den Angriff mit allen Optionen wie zuvor wiederholen</translation>
 </message>
 <message>
  <source>Rename</source>
  <translation>Umbenennen</translation>
 </message>
 <message>
  <source>Note</source>
  <translation>Notiz</translation>
 </message>
 <message>
  <source>Pin</source>
  <translation>Anheften</translation>
 </message>
 <message>
  <source>Never remove this run to make room</source>
  <translation>Diesen Lauf nie entfernen, um Platz zu machen</translation>
 </message>
 <message>
  <source>Delete</source>
  <translation>Löschen</translation>
 </message>
 <message>
  <source>Delete the chosen runs (Del)</source>
  <translation>Die gewählten Läufe löschen (Entf)</translation>
 </message>
 <message>
  <source>Copy as command</source>
  <translation>Als Befehl kopieren</translation>
 </message>
 <message>
  <source>Compare by wipe</source>
  <translation>Wischvergleich</translation>
 </message>
 <message>
  <source>Two ticked runs under one divider in every panel</source>
  <translation>Zwei angekreuzte Läufe unter einer Trennlinie in jedem Feld</translation>
 </message>
 <message>
  <source>Export…</source>
  <translation>Exportieren …</translation>
 </message>
 <message>
  <source>Compare</source>
  <translation>Vergleichen</translation>
 </message>
 <message>
  <source>Hide from segmentation</source>
  <translation>Aus der Segmentierung verbergen</translation>
 </message>
 <message>
  <source>unlimited</source>
  <translation>unbegrenzt</translation>
 </message>
 <message numerus="yes">
  <source>%Ln run(s)</source>
  <translation>
   <numerusform>ein Lauf</numerusform>
   <numerusform>%Ln Läufe</numerusform>
  </translation>
 </message>
 <message>
  <source>%1 · %2 of %3</source>
  <translation>%1 · %2 von %3</translation>
 </message>
 <message>
  <source>Disk use: %1</source>
  <translation>Belegter Platz: %1</translation>
 </message>
 <message>
  <source>Every run is kept here. Press Run (F5).</source>
  <translation>Jeder Lauf wird hier behalten. Starten (F5) drücken.</translation>
 </message>
 <message>
  <source>No run has all of these words.</source>
  <translation>Kein Lauf hat alle diese Wörter.</translation>
 </message>
</context>
<context>
 <name>uninet::RunsPart</name>
 <message>
  <source>The command line is in the clipboard.</source>
  <translation>Die Befehlszeile ist in der Zwischenablage.</translation>
 </message>
 <message>
  <source>Written: %1 with %2</source>
  <translation>Geschrieben: %1 mit %2</translation>
 </message>
 <message>
  <source>Space for runs</source>
  <translation>Platz für Läufe</translation>
 </message>
 <message>
  <source>MiB of disk for the runs of a session. Beyond it the oldest go that are not pinned.</source>
  <translation>MiB der Platte für die Läufe einer Sitzung. Darüber hinaus gehen die ältesten, die nicht angeheftet sind.</translation>
 </message>
</context>
<context>
 <name>uninet::Scene</name>
 <message>
  <source>Open a checkpoint to see this output</source>
  <translation>Einen Checkpoint öffnen, um diese Ausgabe zu sehen</translation>
 </message>
 <message>
  <source>This network does not predict it</source>
  <translation>Dieses Netz sagt das nicht vorher</translation>
 </message>
 <message>
  <source>No ground truth</source>
  <translation>Keine Referenzdaten</translation>
 </message>
 <message>
  <source>Image</source>
  <translation>Bild</translation>
 </message>
 <message>
  <source>Segmentation</source>
  <translation>Segmentierung</translation>
 </message>
 <message>
  <source>Instances</source>
  <translation>Instanzen</translation>
 </message>
 <message>
  <source>clean</source>
  <translation>ohne Angriff</translation>
 </message>
 <message>
  <source>attacked</source>
  <translation>mit Angriff</translation>
 </message>
 <message>
  <source>change</source>
  <translation>Änderung</translation>
 </message>
 <message>
  <source>truth</source>
  <translation>Referenz</translation>
 </message>
 <message>
  <source>gradient, at most %1</source>
  <translation>Gradient, höchstens %1</translation>
 </message>
</context>
<context>
 <name>uninet::SceneObjects</name>
 <message>
  <source>%1 m</source>
  <translation>%1 m</translation>
 </message>
 <message>
  <source>lost: %1</source>
  <translation>verloren: %1</translation>
 </message>
 <message>
  <source>new: %1</source>
  <translation>neu: %1</translation>
 </message>
 <message>
  <source>moved: %1</source>
  <translation>verschoben: %1</translation>
 </message>
</context>
<context>
 <name>uninet::SessionFile</name>
 <message>
  <source>The session cannot be written, because %1 is gone: bring that folder or drive back, or choose File ▸ Keep session as; until then nothing is lost.</source>
  <translation>Die Sitzung kann nicht geschrieben werden, weil %1 fehlt: den Ordner oder das Laufwerk wiederherstellen, oder „Datei ▸ Sitzung behalten als“ wählen; bis dahin geht nichts verloren.</translation>
 </message>
</context>
<context>
 <name>uninet::ShortcutsDialog</name>
 <message>
  <source>Command</source>
  <translation>Befehl</translation>
 </message>
 <message>
  <source>Menu</source>
  <translation>Menü</translation>
 </message>
 <message>
  <source>Shortcut</source>
  <translation>Tasten</translation>
 </message>
 <message>
  <source>No command and no keys of this name.</source>
  <translation>Kein Befehl und keine Tasten dieses Namens.</translation>
 </message>
 <message>
  <source>No &amp;keys</source>
  <translation>&amp;Keine Tasten</translation>
 </message>
 <message>
  <source>&amp;Default</source>
  <translation>&amp;Standard</translation>
 </message>
 <message>
  <source>All to de&amp;faults</source>
  <translation>Alle auf Stan&amp;dard</translation>
 </message>
 <message>
  <source>&amp;Leave it</source>
  <translation>So &amp;lassen</translation>
 </message>
 <message>
  <source>Keyboard shortcuts</source>
  <translation>Tastenkürzel</translation>
 </message>
 <message>
  <source>Find a command or keys</source>
  <translation>Befehl oder Tasten suchen</translation>
 </message>
 <message>
  <source>Commands and their shortcuts</source>
  <translation>Befehle und ihre Tasten</translation>
 </message>
 <message>
  <source>New shortcut of the chosen command</source>
  <translation>Neue Tasten des gewählten Befehls</translation>
 </message>
 <message>
  <source>Leave the chosen command without keys</source>
  <translation>Dem gewählten Befehl keine Tasten lassen</translation>
 </message>
 <message>
  <source>Default keys of the chosen command</source>
  <translation>Standardtasten des gewählten Befehls</translation>
 </message>
 <message>
  <source>Default keys of all commands</source>
  <translation>Standardtasten aller Befehle</translation>
 </message>
 <message>
  <source>The keys are taken</source>
  <translation>Die Tasten sind vergeben</translation>
 </message>
 <message>
  <source>Take the keys from the other command</source>
  <translation>Die Tasten dem anderen Befehl nehmen</translation>
 </message>
 <message>
  <source>Leave the keys with the other command</source>
  <translation>Die Tasten dem anderen Befehl lassen</translation>
 </message>
 <message>
  <source>Default</source>
  <translation>Standard</translation>
 </message>
 <message>
  <source>Other</source>
  <translation>Andere</translation>
 </message>
 <message>
  <source>In the pictures, not to be changed</source>
  <translation>In den Bildern, nicht zu ändern</translation>
 </message>
 <message>
  <source>Changed from the default</source>
  <translation>Vom Standard abweichend</translation>
 </message>
 <message>
  <source>Choose a command, then press its keys.</source>
  <translation>Einen Befehl wählen, dann seine Tasten drücken.</translation>
 </message>
 <message>
  <source>%1 belongs to the pictures: %2.</source>
  <translation>%1 gehört zu den Bildern: %2.</translation>
 </message>
 <message>
  <source>&amp;Take it for &quot;%1&quot;</source>
  <translation>&amp;Nehmen für „%1“</translation>
 </message>
 <message>
  <source>%1 is taken by %2.</source>
  <translation>%1 gehört schon zu %2.</translation>
 </message>
 <message>
  <source>&quot;%1&quot;</source>
  <translation>„%1“</translation>
 </message>
</context>
<context>
 <name>uninet::SplitResults</name>
 <message>
  <source>Evaluating %1</source>
  <translation>%1 wird ausgewertet</translation>
 </message>
 <message>
  <source>An evaluation is running: open other results when it has ended.</source>
  <translation>Eine Auswertung läuft: andere Ergebnisse lassen sich öffnen, wenn sie zu Ende ist.</translation>
 </message>
 <message>
  <source>%1 holds no image that is through all its attacks.</source>
  <translation>%1 enthält kein Bild, das durch alle Angriffe ist.</translation>
 </message>
 <message>
  <source>The sweep is done: %1.</source>
  <translation>Die Auswertung ist fertig: %1.</translation>
 </message>
 <message numerus="yes">
  <source> %Ln attack(s) were skipped, see the log.</source>
  <translation>
   <numerusform> Ein Angriff wurde übersprungen, siehe Protokoll.</numerusform>
   <numerusform> %Ln Angriffe wurden übersprungen, siehe Protokoll.</numerusform>
  </translation>
 </message>
 <message>
  <source>The sweep was stopped; starting it again goes on from there.</source>
  <translation>Die Auswertung wurde angehalten; ein neuer Start macht dort weiter.</translation>
 </message>
 <message>
  <source>Intervals</source>
  <translation>Intervalle</translation>
 </message>
 <message>
  <source>%1 to %2</source>
  <translation>%1 bis %2</translation>
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
  <source>Could not be measured: %1.</source>
  <translation>Nicht messbar: %1.</translation>
 </message>
 <message>
  <source>Images</source>
  <translation>Bilder</translation>
 </message>
</context>
<context>
 <name>uninet::StatusItems</name>
 <message>
  <source>idle</source>
  <translation>ruht</translation>
 </message>
 <message numerus="yes">
  <source> (+%Ln waiting)</source>
  <translation>
   <numerusform> (+einer wartet)</numerusform>
   <numerusform> (+%Ln warten)</numerusform>
  </translation>
 </message>
 <message>
  <source>No job runs or waits</source>
  <translation>Kein Auftrag läuft oder wartet</translation>
 </message>
 <message>
  <source>%1
Click for all jobs and Stop</source>
  <translation>%1
Klick: alle Aufträge und Anhalten</translation>
 </message>
 <message>
  <source>Jobs: %1</source>
  <translation>Aufträge: %1</translation>
 </message>
 <message>
  <source>%1 MB</source>
  <translation>%1 MB</translation>
 </message>
 <message>
  <source>%1 GB</source>
  <translation>%1 GB</translation>
 </message>
 <message>
  <source>Device</source>
  <translation>Gerät</translation>
 </message>
 <message>
  <source>What computes</source>
  <translation>Was rechnet</translation>
 </message>
 <message>
  <source>Memory of this program</source>
  <translation>Speicher dieses Programms</translation>
 </message>
 <message numerus="yes">
  <source>CPU, %Ln thread(s)</source>
  <translation>
   <numerusform>CPU, %Ln Thread</numerusform>
   <numerusform>CPU, %Ln Threads</numerusform>
  </translation>
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
  <translation>Durchsuchen …</translation>
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
  <source>Not measured</source>
  <translation>Nicht gemessen</translation>
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
 <name>uninet::Timeline</name>
 <message>
  <source>detection</source>
  <translation>Detektion</translation>
 </message>
 <message>
  <source>segmentation</source>
  <translation>Segmentierung</translation>
 </message>
 <message>
  <source>instances</source>
  <translation>Instanzen</translation>
 </message>
 <message>
  <source>depth</source>
  <translation>Tiefe</translation>
 </message>
 <message>
  <source>instance depth</source>
  <translation>Instanztiefe</translation>
 </message>
 <message>
  <source>Iterations of the attack</source>
  <translation>Iterationen des Angriffs</translation>
 </message>
 <message>
  <source>the attack begins…</source>
  <translation>der Angriff beginnt …</translation>
 </message>
 <message>
  <source>no attack yet</source>
  <translation>noch kein Angriff</translation>
 </message>
 <message>
  <source>no step is shown</source>
  <translation>kein Schritt wird gezeigt</translation>
 </message>
 <message>
  <source>target</source>
  <translation>Ziel</translation>
 </message>
 <message>
  <source>step %1 of %2 · running</source>
  <translation>Schritt %1 von %2 · läuft</translation>
 </message>
 <message>
  <source>stopped at %1 of %2</source>
  <translation>angehalten bei %1 von %2</translation>
 </message>
 <message>
  <source>step %1 of %2 · result</source>
  <translation>Schritt %1 von %2 · Ergebnis</translation>
 </message>
 <message>
  <source>step %1 of %2</source>
  <translation>Schritt %1 von %2</translation>
 </message>
 <message>
  <source>iteration %1</source>
  <translation>Iteration %1</translation>
 </message>
 <message>
  <source>iteration %1, objective %2</source>
  <translation>Iteration %1, Zielfunktion %2</translation>
 </message>
 <message>
  <source>its picture is not kept</source>
  <translation>ihr Bild wurde nicht behalten</translation>
 </message>
 <message>
  <source>%1: first below one half</source>
  <translation>%1: zuerst unter der Hälfte</translation>
 </message>
 <message>
  <source>Pause (P)</source>
  <translation>Pause (P)</translation>
 </message>
 <message>
  <source>Play the iterations (P)</source>
  <translation>Iterationen abspielen (P)</translation>
 </message>
 <message>
  <source>Pause</source>
  <translation>Pause</translation>
 </message>
 <message>
  <source>Play the iterations</source>
  <translation>Iterationen abspielen</translation>
 </message>
</context>
<context>
 <name>uninet::Toast</name>
 <message>
  <source>Error: %1</source>
  <translation>Fehler: %1</translation>
 </message>
 <message>
  <source>Information: %1</source>
  <translation>Hinweis: %1</translation>
 </message>
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
</context>
<context>
 <name>uninet::Toasts</name>
 <message>
  <source>Error</source>
  <translation>Fehler</translation>
 </message>
 <message>
  <source>Information</source>
  <translation>Hinweis</translation>
 </message>
 <message>
  <source>Message</source>
  <translation>Meldung</translation>
 </message>
 <message>
  <source>Copy</source>
  <translation>Kopieren</translation>
 </message>
 <message>
  <source>Details</source>
  <translation>Einzelheiten</translation>
 </message>
 <message numerus="yes">
  <source>+%Ln more</source>
  <translation>
   <numerusform>+eine weitere</numerusform>
   <numerusform>+%Ln weitere</numerusform>
  </translation>
 </message>
 <message>
  <source>Messages</source>
  <translation>Meldungen</translation>
 </message>
 <message>
  <source>Go to the messages</source>
  <translation>Zu den Meldungen</translation>
 </message>
</context>
<context>
 <name>uninet::Welcome</name>
 <message>
  <source>One network, five outputs. What happens to the others when one of them is attacked?</source>
  <translation>Ein Netz, fünf Ausgaben. Was geschieht mit den anderen, wenn eine angegriffen wird?</translation>
 </message>
 <message>
  <source>Hide the people</source>
  <translation>Die Menschen verbergen</translation>
 </message>
 <message>
  <source>Attack the segmentation until it sees no people any more</source>
  <translation>Die Segmentierung angreifen, bis sie keine Menschen mehr sieht</translation>
 </message>
 <message>
  <source>Close</source>
  <translation>Schließen</translation>
 </message>
</context>
<context>
 <name>uninet::NotesDialog</name>
 <message>
  <source>Notes of the session</source>
  <translation>Notizen der Sitzung</translation>
 </message>
 <message>
  <source>What this session is about, what was found, what is next</source>
  <translation>Worum es in dieser Sitzung geht, was gefunden wurde, was als Nächstes kommt</translation>
 </message>
</context>
<context>
 <name>uninet::List</name>
 <message>
  <source>, </source>
  <translation>, </translation>
 </message>
 <message>
  <source>; </source>
  <translation>; </translation>
 </message>
</context>
<context>
 <name>uninet::Composed</name>
 <message>
  <source>%1 hidden from depth</source>
  <translation>%1 aus der Tiefe verborgen</translation>
 </message>
 <message>
  <source>%1 hidden from segmentation</source>
  <translation>%1 aus der Segmentierung verborgen</translation>
 </message>
 <message>
  <source>%1 and %2 swapped</source>
  <translation>%1 und %2 vertauscht</translation>
 </message>
 <message>
  <source>%1 and %2 swapped in segmentation</source>
  <translation>%1 und %2 in der Segmentierung vertauscht</translation>
 </message>
</context>
<context>
 <name>uninet::SecondNetwork</name>
 <message>
  <source>Opening %1</source>
  <translation>%1 wird geöffnet</translation>
 </message>
 <message>
  <source>Open a network first: the second one stands beside it.</source>
  <translation>Öffnen Sie zuerst ein Netz: das zweite steht neben ihm.</translation>
 </message>
 <message>
  <source>%1 is the network that is open already: choose another one to compare.</source>
  <translation>%1 ist das Netz, das schon offen ist: wählen Sie ein anderes zum Vergleichen.</translation>
 </message>
 <message>
  <source>%1 cannot stand beside %2: its classes are %3, those of %2 are %4.</source>
  <translation>%1 kann nicht neben %2 stehen: seine Klassen sind %3, die von %2 sind %4.</translation>
 </message>
 <message>
  <source>The second network cannot be opened, because %1 is not there: bring that folder or drive back and it is opened by itself.</source>
  <translation>Das zweite Netz lässt sich nicht öffnen, weil %1 fehlt: bringen Sie den Ordner oder das Laufwerk zurück, dann wird es von selbst geöffnet.</translation>
 </message>
</context>
</TS>
