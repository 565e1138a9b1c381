<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
 <name>uninet::AttackOutcome</name>
 <message numerus="yes">
  <source>all %Ln task(s)</source>
  <translation>
   <numerusform>all %Ln task</numerusform>
   <numerusform>all %Ln tasks</numerusform>
  </translation>
 </message>
</context>
<context>
 <name>uninet::DataChip</name>
 <message numerus="yes">
  <source>%Ln image(s)</source>
  <translation>
   <numerusform>%Ln image</numerusform>
   <numerusform>%Ln images</numerusform>
  </translation>
 </message>
</context>
<context>
 <name>uninet::Document</name>
 <message numerus="yes">
  <source>delete %Ln run(s)</source>
  <translation>
   <numerusform>delete %Ln run</numerusform>
   <numerusform>delete %Ln runs</numerusform>
  </translation>
 </message>
</context>
<context>
 <name>uninet::NetworkChip</name>
 <message numerus="yes">
  <source>%Ln task(s) · %1 · %2</source>
  <translation>
   <numerusform>%Ln task · %1 · %2</numerusform>
   <numerusform>%Ln tasks · %1 · %2</numerusform>
  </translation>
 </message>
</context>
<context>
 <name>uninet::ObjectsPanel</name>
 <message numerus="yes">
  <source>%Ln object(s)</source>
  <translation>
   <numerusform>%Ln object</numerusform>
   <numerusform>%Ln objects</numerusform>
  </translation>
 </message>
 <message numerus="yes">
  <source>%1 of %Ln object(s)</source>
  <translation>
   <numerusform>%1 of %Ln object</numerusform>
   <numerusform>%1 of %Ln objects</numerusform>
  </translation>
 </message>
</context>
<context>
 <name>uninet::RunArchive</name>
 <message numerus="yes">
  <source>%Ln run(s) removed: more than the space for runs was used.</source>
  <translation>
   <numerusform>%Ln run removed: more than the space for runs was used.</numerusform>
   <numerusform>%Ln runs removed: more than the space for runs was used.</numerusform>
  </translation>
 </message>
 <message numerus="yes">
  <source>%Ln old run(s) removed to make room for the new one. Pin what must stay, or give runs more space.</source>
  <translation>
   <numerusform>%Ln old run removed to make room for the new one. Pin what must stay, or give runs more space.</numerusform>
   <numerusform>%Ln old runs removed to make room for the new one. Pin what must stay, or give runs more space.</numerusform>
  </translation>
 </message>
</context>
<context>
 <name>uninet::RunNames</name>
 <message numerus="yes">
  <source>%Ln step(s)</source>
  <translation>
   <numerusform>%Ln step</numerusform>
   <numerusform>%Ln steps</numerusform>
  </translation>
 </message>
</context>
<context>
 <name>uninet::RunsPanel</name>
 <message numerus="yes">
  <source>%Ln run(s)</source>
  <translation>
   <numerusform>%Ln run</numerusform>
   <numerusform>%Ln runs</numerusform>
  </translation>
 </message>
</context>
<context>
 <name>uninet::SplitResults</name>
 <message numerus="yes">
  <source> %Ln attack(s) were skipped, see the log.</source>
  <translation>
   <numerusform> %Ln attack was skipped, see the log.</numerusform>
   <numerusform> %Ln attacks were skipped, see the log.</numerusform>
  </translation>
 </message>
 <message numerus="yes">
  <source>%1 on %Ln image(s)</source>
  <translation>
   <numerusform>%1 on %Ln image</numerusform>
   <numerusform>%1 on %Ln images</numerusform>
  </translation>
 </message>
</context>
<context>
 <name>uninet::StatusItems</name>
 <message numerus="yes">
  <source> (+%Ln waiting)</source>
  <translation>
   <numerusform> (+%Ln waiting)</numerusform>
   <numerusform> (+%Ln waiting)</numerusform>
  </translation>
 </message>
 <message numerus="yes">
  <source>CPU, %Ln thread(s)</source>
  <translation>
   <numerusform>CPU, %Ln thread</numerusform>
   <numerusform>CPU, %Ln threads</numerusform>
  </translation>
 </message>
</context>
<context>
 <name>uninet::Toasts</name>
 <message numerus="yes">
  <source>+%Ln more</source>
  <translation>
   <numerusform>+%Ln more</numerusform>
   <numerusform>+%Ln more</numerusform>
  </translation>
 </message>
</context>
</TS>
