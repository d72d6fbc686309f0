<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
 <context>
  <name>aside</name>
  <message>
   <source>Push to talk</source>
   <translation>Pulsar para hablar</translation>
  </message>
  <message>
   <source>Open the microphone while the key is held.</source>
   <translation>Abre el micrófono mientras se mantiene la tecla.</translation>
  </message>
  <message>
   <source>Everything is paused: go on first.</source>
   <translation>Todo está en pausa: continúa primero.</translation>
  </message>
  <message>
   <source>Mute the microphone</source>
   <translation>Silenciar el micrófono</translation>
  </message>
  <message>
   <source>Close the microphone, or open it again.</source>
   <translation>Cierra el micrófono o vuelve a abrirlo.</translation>
  </message>
  <message>
   <source>Hear what the computer plays</source>
   <translation>Oír lo que suena en el ordenador</translation>
  </message>
  <message>
   <source>Hear calls and films beside the microphone, or stop.</source>
   <translation>Oír llamadas y películas además del micrófono, o dejar de hacerlo.</translation>
  </message>
  <message>
   <source>Be quiet now</source>
   <translation>Callar ahora</translation>
  </message>
  <message>
   <source>Silence what Aside is saying.</source>
   <translation>Hace callar lo que Aside está diciendo.</translation>
  </message>
  <message>
   <source>Quiet mode</source>
   <translation>Modo silencioso</translation>
  </message>
  <message>
   <source>Write instead of speaking, or speak again.</source>
   <translation>Escribe en vez de hablar, o vuelve a hablar.</translation>
  </message>
  <message>
   <source>Answer whatever is said</source>
   <translation>Responder a todo</translation>
  </message>
  <message>
   <source>Take all that is said as said to Aside, or only what is.</source>
   <translation>Tomar todo lo que se dice como dicho a Aside, o solo lo que se le dice.</translation>
  </message>
  <message>
   <source>Pause everything</source>
   <translation>Pausarlo todo</translation>
  </message>
  <message>
   <source>Hear, see and say nothing until you go on.</source>
   <translation>No oye, ve ni dice nada hasta que continúes.</translation>
  </message>
  <message>
   <source>Stop everything at once</source>
   <translation>Detenerlo todo ya</translation>
  </message>
  <message>
   <source>Stop all capture, all tools and the voice, now.</source>
   <translation>Detiene toda captura, todas las herramientas y la voz, ahora.</translation>
  </message>
  <message>
   <source>Share the screen</source>
   <translation>Compartir la pantalla</translation>
  </message>
  <message>
   <source>Show Aside the whole screen, or stop.</source>
   <translation>Muestra a Aside toda la pantalla, o deja de hacerlo.</translation>
  </message>
  <message>
   <source>Pictures are switched off in the settings, under Eyes.</source>
   <translation>Las imágenes están desactivadas en los ajustes, en Ojos.</translation>
  </message>
  <message>
   <source>The screen cannot be shared: nothing here can capture it.</source>
   <translation>No se puede compartir la pantalla: nada aquí puede capturarla.</translation>
  </message>
  <message>
   <source>Share a monitor</source>
   <translation>Compartir un monitor</translation>
  </message>
  <message>
   <source>Show Aside one monitor, or stop.</source>
   <translation>Mostrar a Aside un monitor, o dejar de hacerlo.</translation>
  </message>
  <message>
   <source>Share a region</source>
   <translation>Compartir una zona</translation>
  </message>
  <message>
   <source>Show Aside a part of the screen, or stop.</source>
   <translation>Muestra a Aside una parte de la pantalla, o deja de hacerlo.</translation>
  </message>
  <message>
   <source>Share a window</source>
   <translation>Compartir una ventana</translation>
  </message>
  <message>
   <source>Show Aside one window, or stop.</source>
   <translation>Muestra a Aside una ventana, o deja de hacerlo.</translation>
  </message>
  <message>
   <source>Camera</source>
   <translation>Cámara</translation>
  </message>
  <message>
   <source>Switch the camera on or off.</source>
   <translation>Enciende o apaga la cámara.</translation>
  </message>
  <message>
   <source>The camera cannot be switched on: nothing here can capture it.</source>
   <translation>No se puede encender la cámara: nada aquí puede capturarla.</translation>
  </message>
  <message>
   <source>Type to Aside</source>
   <translation>Escribir a Aside</translation>
  </message>
  <message>
   <source>Put the cursor into the typing line.</source>
   <translation>Pone el cursor en la línea de escritura.</translation>
  </message>
  <message>
   <source>Show captions</source>
   <translation>Mostrar los subtítulos</translation>
  </message>
  <message>
   <source>Show or hide the captions.</source>
   <translation>Muestra u oculta los subtítulos.</translation>
  </message>
  <message>
   <source>Caption bar</source>
   <translation>Barra de subtítulos</translation>
  </message>
  <message>
   <source>Show or hide the captions over every program.</source>
   <translation>Mostrar u ocultar los subtítulos sobre todos los programas.</translation>
  </message>
  <message>
   <source>Contrast of the caption bar</source>
   <translation>Contraste de la barra de subtítulos</translation>
  </message>
  <message>
   <source>Give the caption bar a stronger ground, or a clear one again.</source>
   <translation>Dar a la barra de subtítulos un fondo más fuerte, o de nuevo uno claro.</translation>
  </message>
  <message>
   <source>Copy the last answer</source>
   <translation>Copiar la última respuesta</translation>
  </message>
  <message>
   <source>Put Aside's last words on the clipboard.</source>
   <translation>Pone las últimas palabras de Aside en el portapapeles.</translation>
  </message>
  <message>
   <source>There is no answer to copy yet.</source>
   <translation>Aún no hay respuesta que copiar.</translation>
  </message>
  <message>
   <source>Search the history</source>
   <translation>Buscar en el historial</translation>
  </message>
  <message>
   <source>Find what was said before.</source>
   <translation>Encuentra lo que se dijo antes.</translation>
  </message>
  <message>
   <source>There is no history to search: it is not kept here.</source>
   <translation>No hay historial en el que buscar: aquí no se guarda.</translation>
  </message>
  <message>
   <source>Larger captions</source>
   <translation>Subtítulos más grandes</translation>
  </message>
  <message>
   <source>Make the captions larger.</source>
   <translation>Agranda los subtítulos.</translation>
  </message>
  <message>
   <source>Smaller captions</source>
   <translation>Subtítulos más pequeños</translation>
  </message>
  <message>
   <source>Make the captions smaller.</source>
   <translation>Achica los subtítulos.</translation>
  </message>
  <message>
   <source>Show or hide the window</source>
   <translation>Mostrar u ocultar la ventana</translation>
  </message>
  <message>
   <source>Show the window, or hide it.</source>
   <translation>Muestra la ventana o la oculta.</translation>
  </message>
  <message>
   <source>Go to the newest card</source>
   <translation>Ir a la tarjeta más reciente</translation>
  </message>
  <message>
   <source>Give the newest card the keyboard, to answer it.</source>
   <translation>Da el teclado a la tarjeta más reciente, para responderla.</translation>
  </message>
  <message>
   <source>No card is open.</source>
   <translation>No hay ninguna tarjeta abierta.</translation>
  </message>
  <message>
   <source>Devices</source>
   <translation>Dispositivos</translation>
  </message>
  <message>
   <source>Choose microphone and speaker.</source>
   <translation>Elige micrófono y altavoz.</translation>
  </message>
  <message>
   <source>Echo cancellation</source>
   <translation>Cancelación de eco</translation>
  </message>
  <message>
   <source>Switch echo cancellation on or off.</source>
   <translation>Activa o desactiva la cancelación de eco.</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Ajustes</translation>
  </message>
  <message>
   <source>Open the settings.</source>
   <translation>Abre los ajustes.</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>Teclas</translation>
  </message>
  <message>
   <source>Show every key.</source>
   <translation>Muestra todas las teclas.</translation>
  </message>
  <message>
   <source>What Aside did</source>
   <translation>Lo que hizo Aside</translation>
  </message>
  <message>
   <source>See all that Aside did or wanted to do, and take it back.</source>
   <translation>Muestra todo lo que Aside hizo o quiso hacer, y lo deshace.</translation>
  </message>
  <message>
   <source>There is no log of what was done: Aside has no tools here.</source>
   <translation>No hay registro de lo hecho: Aside no tiene herramientas aquí.</translation>
  </message>
  <message>
   <source>Guide</source>
   <translation>Guía</translation>
  </message>
  <message>
   <source>Go through the first steps again.</source>
   <translation>Repasa los primeros pasos.</translation>
  </message>
  <message>
   <source>Read the settings again</source>
   <translation>Leer los ajustes de nuevo</translation>
  </message>
  <message>
   <source>Take over settings changed elsewhere.</source>
   <translation>Adopta los ajustes cambiados en otro lugar.</translation>
  </message>
  <message>
   <source>Free the model's memory</source>
   <translation>Liberar la memoria del modelo</translation>
  </message>
  <message>
   <source>Let the engine go, or start it again.</source>
   <translation>Soltar el motor, o volver a iniciarlo.</translation>
  </message>
  <message>
   <source>The model runs elsewhere: it has no memory here.</source>
   <translation>El modelo funciona en otro lugar: aquí no ocupa memoria.</translation>
  </message>
  <message>
   <source>Start the engine again</source>
   <translation>Reiniciar el motor</translation>
  </message>
  <message>
   <source>Try again with an engine that failed.</source>
   <translation>Vuelve a intentarlo con un motor que falló.</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>Salir</translation>
  </message>
  <message>
   <source>End Aside.</source>
   <translation>Cierra Aside.</translation>
  </message>
  <message>
   <source>Say "Aside, …", or type below.</source>
   <translation>Di «Aside, …», o escribe abajo.</translation>
  </message>
  <message>
   <source>Say something, or type below.</source>
   <translation>Di algo, o escribe abajo.</translation>
  </message>
  <message>
   <source>Type below.</source>
   <translation>Escribe abajo.</translation>
  </message>
  <message>
   <source>Sound</source>
   <translation>Sonido</translation>
  </message>
  <message>
   <source>Microphone</source>
   <translation>Micrófono</translation>
  </message>
  <message>
   <source>Speaker</source>
   <translation>Altavoz</translation>
  </message>
  <message>
   <source>Takes Aside's own voice out of what the microphone hears. Off only with headphones.</source>
   <translation>Quita la voz de Aside de lo que oye el micrófono. Desactívalo solo con auriculares.</translation>
  </message>
  <message>
   <source>Noise suppression</source>
   <translation>Supresión de ruido</translation>
  </message>
  <message>
   <source>Takes steady noise out of the microphone's sound, and a little of the voices with it.</source>
   <translation>Quita el ruido constante del sonido del micrófono, y con él un poco de las voces.</translation>
  </message>
  <message>
   <source>Automatic gain</source>
   <translation>Ganancia automática</translation>
  </message>
  <message>
   <source>Makes a quiet microphone louder.</source>
   <translation>Hace que un micrófono débil suene más fuerte.</translation>
  </message>
  <message>
   <source>Calls and films, from the speaker above. It stays on until you switch it off.</source>
   <translation>Llamadas y películas, del altavoz de arriba. Sigue activo hasta que lo apagues.</translation>
  </message>
  <message>
   <source>Short sounds</source>
   <translation>Sonidos breves</translation>
  </message>
  <message>
   <source>When it listens or stops listening, needs you, lost something, or is done after a while.</source>
   <translation>Cuando escucha o deja de escuchar, te necesita, ha perdido algo o termina después de un rato.</translation>
  </message>
  <message>
   <source>Start with the microphone closed</source>
   <translation>Empezar con el micrófono cerrado</translation>
  </message>
  <message>
   <source>For push to talk: it opens while you hold the key, and closes again.</source>
   <translation>Para pulsar y hablar: se abre mientras mantienes la tecla y vuelve a cerrarse.</translation>
  </message>
  <message>
   <source>Longest push to talk</source>
   <translation>Tiempo máximo al pulsar para hablar</translation>
  </message>
  <message>
   <source>A key that is stuck lets go after this time.</source>
   <translation>Una tecla atascada se suelta pasado este tiempo.</translation>
  </message>
  <message>
   <source>seconds</source>
   <translation>segundos</translation>
  </message>
  <message>
   <source>Voice</source>
   <translation>Voz</translation>
  </message>
  <message>
   <source>Mode</source>
   <translation>Modo</translation>
  </message>
  <message>
   <source>Listens and speaks</source>
   <translation>Escucha y habla</translation>
  </message>
  <message>
   <source>Quiet: writes instead of speaking</source>
   <translation>Silencioso: escribe en vez de hablar</translation>
  </message>
  <message>
   <source>Typed only: microphone closed, answers written</source>
   <translation>Solo escrito: micrófono cerrado, respuestas escritas</translation>
  </message>
  <message>
   <source>Captions only: shows the words of both sides, nothing else</source>
   <translation>Solo subtítulos: muestra las palabras de ambos lados, nada más</translation>
  </message>
  <message>
   <source>Answer</source>
   <translation>Responder</translation>
  </message>
  <message>
   <source>Said to it is what begins with its name, what you say with the key to talk held, and what follows its own words.</source>
   <translation>Se le dice lo que empieza por su nombre, lo que dices con la tecla de hablar pulsada y lo que sigue a sus propias palabras.</translation>
  </message>
  <message>
   <source>What is said to it</source>
   <translation>A lo que se le dice</translation>
  </message>
  <message>
   <source>Whatever is said</source>
   <translation>A todo lo que se dice</translation>
  </message>
  <message>
   <source>May speak unprompted</source>
   <translation>Puede hablar sin que se le pregunte</translation>
  </message>
  <message>
   <source>Beyond this, what it says of its own accord is written and not spoken.</source>
   <translation>Más allá de esto, lo que dice por iniciativa propia se escribe y no se pronuncia.</translation>
  </message>
  <message>
   <source>As often as it sees fit</source>
   <translation>Tantas veces como quiera</translation>
  </message>
  <message>
   <source>30 times an hour</source>
   <translation>30 veces por hora</translation>
  </message>
  <message>
   <source>12 times an hour</source>
   <translation>12 veces por hora</translation>
  </message>
  <message>
   <source>6 times an hour</source>
   <translation>6 veces por hora</translation>
  </message>
  <message>
   <source>twice an hour</source>
   <translation>dos veces por hora</translation>
  </message>
  <message>
   <source>never</source>
   <translation>nunca</translation>
  </message>
  <message>
   <source>Captions</source>
   <translation>Subtítulos</translation>
  </message>
  <message>
   <source>Size of the words</source>
   <translation>Tamaño de las palabras</translation>
  </message>
  <message>
   <source>pixels</source>
   <translation>píxeles</translation>
  </message>
  <message>
   <source>The words of both sides over every program. Hold Ctrl+Alt over it to move it.</source>
   <translation>Las palabras de ambos lados sobre todos los programas. Mantenga Ctrl+Alt sobre ella para moverla.</translation>
  </message>
  <message>
   <source>Bubble for what it says unprompted</source>
   <translation>Globo para lo que dice por iniciativa propia</translation>
  </message>
  <message>
   <source>Comes up beside what it is about, and goes by itself.</source>
   <translation>Aparece junto a aquello de lo que trata y desaparece por sí solo.</translation>
  </message>
  <message>
   <source>Eyes</source>
   <translation>Ojos</translation>
  </message>
  <message>
   <source>Private windows</source>
   <translation>Ventanas privadas</translation>
  </message>
  <message>
   <source>Never seen: windows with such a title or program. * stands for anything; a semicolon goes between two.</source>
   <translation>Nunca se ven: ventanas con ese título o programa. * vale por cualquier cosa; entre dos va un punto y coma.</translation>
  </message>
  <message>
   <source>Pictures of camera and screen</source>
   <translation>Imágenes de cámara y pantalla</translation>
  </message>
  <message>
   <source>The speed test chooses this; change it as you like.</source>
   <translation>Lo elige la prueba de velocidad; cámbialo como quieras.</translation>
  </message>
  <message>
   <source>As often as the model takes them</source>
   <translation>Tan a menudo como las toma el modelo</translation>
  </message>
  <message>
   <source>Half as often: saves computing</source>
   <translation>La mitad: ahorra cálculo</translation>
  </message>
  <message>
   <source>No pictures: this machine is too slow for them</source>
   <translation>Sin imágenes: este equipo es demasiado lento para ellas</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Modelo</translation>
  </message>
  <message>
   <source>When Aside is not used</source>
   <translation>Cuando no se usa Aside</translation>
  </message>
  <message>
   <source>Freed, it hears and sees nothing until you type or hold the talk key; then it goes on.</source>
   <translation>Liberada, no oye ni ve nada hasta que escribas o mantengas la tecla de hablar; entonces continúa.</translation>
  </message>
  <message>
   <source>Keep the model loaded</source>
   <translation>Mantener el modelo cargado</translation>
  </message>
  <message>
   <source>Free its memory until it is needed</source>
   <translation>Liberar su memoria hasta que haga falta</translation>
  </message>
  <message>
   <source>Not used means</source>
   <translation>Sin usar significa</translation>
  </message>
  <message>
   <source>So long without a word, and with nothing shared.</source>
   <translation>Tanto tiempo sin una palabra y sin compartir nada.</translation>
  </message>
  <message>
   <source>minutes</source>
   <translation>minutos</translation>
  </message>
  <message>
   <source>History</source>
   <translation>Historial</translation>
  </message>
  <message>
   <source>Keep a history</source>
   <translation>Guardar un historial</translation>
  </message>
  <message>
   <source>The words of both sides and what was done, on this machine alone.</source>
   <translation>Las palabras de ambas partes y lo que se hizo, solo en este equipo.</translation>
  </message>
  <message>
   <source>For how long</source>
   <translation>Durante cuánto tiempo</translation>
  </message>
  <message>
   <source>0: until you delete it.</source>
   <translation>0: hasta que lo borres.</translation>
  </message>
  <message>
   <source>days</source>
   <translation>días</translation>
  </message>
  <message>
   <source>no limit</source>
   <translation>sin límite</translation>
  </message>
  <message>
   <source>Keep the sound</source>
   <translation>Guardar el sonido</translation>
  </message>
  <message>
   <source>Both voices, and what the computer played while Aside heard it.</source>
   <translation>Ambas voces, y lo que sonó en el ordenador mientras Aside lo oía.</translation>
  </message>
  <message>
   <source>Keep pictures</source>
   <translation>Guardar imágenes</translation>
  </message>
  <message>
   <source>A small one of what you share, every half minute.</source>
   <translation>Una pequeña de lo que compartes, cada medio minuto.</translation>
  </message>
  <message>
   <source>Encrypt a new history</source>
   <translation>Cifrar un historial nuevo</translation>
  </message>
  <message>
   <source>Where the system has a key store.</source>
   <translation>Donde el sistema tenga un almacén de claves.</translation>
  </message>
  <message>
   <source>Looks</source>
   <translation>Aspecto</translation>
  </message>
  <message>
   <source>Colours</source>
   <translation>Colores</translation>
  </message>
  <message>
   <source>As the system</source>
   <translation>Como el sistema</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Oscuro</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Claro</translation>
  </message>
  <message>
   <source>Contrast</source>
   <translation>Contraste</translation>
  </message>
  <message>
   <source>Normal</source>
   <translation>Normal</translation>
  </message>
  <message>
   <source>High</source>
   <translation>Alto</translation>
  </message>
  <message>
   <source>Motion</source>
   <translation>Movimiento</translation>
  </message>
  <message>
   <source>Full</source>
   <translation>Completo</translation>
  </message>
  <message>
   <source>Reduced: nothing glides, fades or pulses</source>
   <translation>Reducido: nada se desliza, se desvanece ni late</translation>
  </message>
  <message>
   <source>Language of the windows</source>
   <translation>Idioma de las ventanas</translation>
  </message>
  <message>
   <source>Takes effect at the next start.</source>
   <translation>Se aplica en el próximo inicio.</translation>
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
   <translation>Las teclas funcionan en todos los programas</translation>
  </message>
  <message>
   <source>Off, they work in Aside's own windows alone.</source>
   <translation>Si no, funcionan solo en las ventanas de Aside.</translation>
  </message>
  <message>
   <source>Starting</source>
   <translation>Iniciando</translation>
  </message>
  <message>
   <source>Listening</source>
   <translation>Escuchando</translation>
  </message>
  <message>
   <source>Quiet</source>
   <translation>En silencio</translation>
  </message>
  <message>
   <source>Speaking</source>
   <translation>Hablando</translation>
  </message>
  <message>
   <source>Writing</source>
   <translation>Escribiendo</translation>
  </message>
  <message>
   <source>Delayed</source>
   <translation>Con retraso</translation>
  </message>
  <message>
   <source>Muted</source>
   <translation>Silenciado</translation>
  </message>
  <message>
   <source>Paused</source>
   <translation>En pausa</translation>
  </message>
  <message>
   <source>No microphone: type to me</source>
   <translation>Sin micrófono: escríbeme</translation>
  </message>
  <message>
   <source>Engine restarting</source>
   <translation>El motor se reinicia</translation>
  </message>
  <message>
   <source>The engine does not start</source>
   <translation>El motor no arranca</translation>
  </message>
  <message>
   <source>Resting</source>
   <translation>En reposo</translation>
  </message>
  <message>
   <source>Say: "Aside, remind me every five seconds until I ask you to stop." Your words appear as you speak.</source>
   <translation>Di en inglés: «Aside, remind me every five seconds until I ask you to stop.» Tus palabras aparecen mientras hablas.</translation>
  </message>
  <message>
   <source>Wait. It keeps the time by itself and speaks up when it is due.</source>
   <translation>Espera. Lleva el tiempo por sí mismo y habla cuando toca.</translation>
  </message>
  <message>
   <source>Type something into its line ({keys}). It reads that just as well.</source>
   <translation>Escribe algo en su línea ({keys}). Lo lee igual de bien.</translation>
  </message>
  <message>
   <source>Mute the microphone, and open it again ({keys}).</source>
   <translation>Silencia el micrófono y vuelve a abrirlo ({keys}).</translation>
  </message>
  <message>
   <source>Switch to quiet mode ({keys}): now it writes instead of speaking. The same again, and it speaks.</source>
   <translation>Pasa al modo silencioso ({keys}): ahora escribe en vez de hablar. Lo mismo otra vez, y habla.</translation>
  </message>
  <message>
   <source>No</source>
   <translation>No</translation>
  </message>
  <message>
   <source>Allow once</source>
   <translation>Permitir una vez</translation>
  </message>
  <message>
   <source>This session</source>
   <translation>Esta sesión</translation>
  </message>
  <message>
   <source>Always</source>
   <translation>Siempre</translation>
  </message>
  <message>
   <source>Never ask, never do</source>
   <translation>No preguntar ni hacerlo</translation>
  </message>
  <message>
   <source>only looks</source>
   <translation>solo mira</translation>
  </message>
  <message>
   <source>can be taken back</source>
   <translation>se puede deshacer</translation>
  </message>
  <message>
   <source>leaves this computer</source>
   <translation>sale de este ordenador</translation>
  </message>
  <message>
   <source>cannot be taken back</source>
   <translation>no se puede deshacer</translation>
  </message>
  <message>
   <source>When</source>
   <translation>Cuándo</translation>
  </message>
  <message>
   <source>Tool</source>
   <translation>Herramienta</translation>
  </message>
  <message>
   <source>Allowed</source>
   <translation>Permiso</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Estado</translation>
  </message>
  <message>
   <source>Outcome</source>
   <translation>Resultado</translation>
  </message>
  <message>
   <source>Arguments</source>
   <translation>Argumentos</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Deshacer</translation>
  </message>
  <message>
   <source>Search what was done</source>
   <translation>Buscar en lo hecho</translation>
  </message>
  <message>
   <source>Nothing was done yet. What Aside does, or is not allowed to, will stand here.</source>
   <translation>Aún no se ha hecho nada. Aquí estará lo que Aside haga o no pueda hacer.</translation>
  </message>
  <message>
   <source>All that stands in it is gone for good, and nothing of it can be undone any more.</source>
   <translation>Lo que contiene desaparece para siempre y nada de ello se podrá deshacer ya.</translation>
  </message>
  <message>
   <source>Empty the log…</source>
   <translation>Vaciar el registro…</translation>
  </message>
  <message>
   <source>Everything stays on this computer.</source>
   <translation>Todo se queda en este ordenador.</translation>
  </message>
  <message>
   <source>Nothing was found.</source>
   <translation>No se encontró nada.</translation>
  </message>
  <message>
   <source>Empty the log of what Aside did?</source>
   <translation>¿Vaciar el registro de lo que hizo Aside?</translation>
  </message>
  <message>
   <source>Empty the log</source>
   <translation>Vaciar el registro</translation>
  </message>
  <message>
   <source>The log is empty.</source>
   <translation>El registro está vacío.</translation>
  </message>
  <message>
   <source>{count} older ones: search for them.</source>
   <translation>{count} más antiguas: búscalas.</translation>
  </message>
  <message>
   <source>The log was not emptied.</source>
   <translation>El registro no se vació.</translation>
  </message>
  <message>
   <source>It could not be taken back.</source>
   <translation>No se pudo deshacer.</translation>
  </message>
  <message>
   <source>Revoke one, and Aside asks again. Allowing is done on the card that asks.</source>
   <translation>Si revocas uno, Aside vuelve a preguntar. Se permite en la tarjeta que pregunta.</translation>
  </message>
  <message>
   <source>Aside asks before it does anything. What you allow or refuse for longer than once stands here.</source>
   <translation>Aside pregunta antes de hacer nada. Aquí está lo que permites o rechazas por más de una vez.</translation>
  </message>
  <message>
   <source>Revoke</source>
   <translation>Revocar</translation>
  </message>
  <message>
   <source>Permissions</source>
   <translation>Permisos</translation>
  </message>
  <message>
   <source>Allowed: {what}</source>
   <translation>Permitido: {what}</translation>
  </message>
  <message>
   <source>Never: {what}</source>
   <translation>Nunca: {what}</translation>
  </message>
  <message>
   <source>always, since {day}</source>
   <translation>siempre, desde {day}</translation>
  </message>
  <message>
   <source>this session, since {day}</source>
   <translation>esta sesión, desde {day}</translation>
  </message>
  <message>
   <source>Revoked: Aside asks again.</source>
   <translation>Revocado: Aside vuelve a preguntar.</translation>
  </message>
  <message>
   <source>It was not revoked.</source>
   <translation>No se revocó.</translation>
  </message>
  <message>
   <source>begun; how it ended is not known</source>
   <translation>empezado; no se sabe cómo acabó</translation>
  </message>
  <message>
   <source>done</source>
   <translation>hecho</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>fallido</translation>
  </message>
  <message>
   <source>not allowed</source>
   <translation>no permitido</translation>
  </message>
  <message>
   <source>broken off</source>
   <translation>interrumpido</translation>
  </message>
  <message>
   <source>taken back</source>
   <translation>deshecho</translation>
  </message>
  <message>
   <source>Pages</source>
   <translation>Páginas</translation>
  </message>
  <message>
   <source>Log</source>
   <translation>Registro</translation>
  </message>
  <message>
   <source>{wanted} is not there: using {used} until it returns.</source>
   <translation>{wanted} no está: se usa {used} hasta que vuelva.</translation>
  </message>
  <message>
   <source>No camera: plug one in, and it is used by itself.</source>
   <translation>No hay cámara: conecta una y se usará sola.</translation>
  </message>
  <message>
   <source>{name} was unplugged.</source>
   <translation>{name} se ha desconectado.</translation>
  </message>
  <message>
   <source>Pictures are switched off in the settings.</source>
   <translation>Las imágenes están desactivadas en los ajustes.</translation>
  </message>
  <message>
   <source>cameras of the system</source>
   <translation>cámaras del sistema</translation>
  </message>
  <message>
   <source>Install the packages: pip install av opencv-python-headless</source>
   <translation>Instala los paquetes: pip install av opencv-python-headless</translation>
  </message>
  <message>
   <source>{name} gives no pictures: {hint}</source>
   <translation>{name} no da imágenes: {hint}</translation>
  </message>
  <message>
   <source>close the program that uses it, and see Settings, Privacy, Camera.</source>
   <translation>cierra el programa que la usa y mira en Configuración, Privacidad, Cámara.</translation>
  </message>
  <message>
   <source>allow Aside in System Settings, Privacy &amp; Security, Camera.</source>
   <translation>permite Aside en Ajustes del Sistema, Privacidad y seguridad, Cámara.</translation>
  </message>
  <message>
   <source>the desktop's portal</source>
   <translation>el portal del escritorio</translation>
  </message>
  <message>
   <source>Install GStreamer with its PipeWire part, for example: sudo apt install gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-pipewire</source>
   <translation>Instala GStreamer con su parte PipeWire, por ejemplo: sudo apt install gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-pipewire</translation>
  </message>
  <message>
   <source>This desktop's portal cannot share windows ({method}).</source>
   <translation>El portal de este escritorio no puede compartir ventanas ({method}).</translation>
  </message>
  <message>
   <source>This desktop's portal cannot share windows.</source>
   <translation>El portal de este escritorio no puede compartir ventanas.</translation>
  </message>
  <message>
   <source>The desktop's portal does not answer ({method}).</source>
   <translation>El portal del escritorio no responde ({method}).</translation>
  </message>
  <message>
   <source>No window was chosen: nothing is shared.</source>
   <translation>No se eligió ninguna ventana: no se comparte nada.</translation>
  </message>
  <message>
   <source>The shared window was closed: share another.</source>
   <translation>La ventana compartida se cerró: comparte otra.</translation>
  </message>
  <message>
   <source>The desktop's portal does not answer.</source>
   <translation>El portal del escritorio no responde.</translation>
  </message>
  <message>
   <source>The desktop's portal cannot be reached.</source>
   <translation>No se puede acceder al portal del escritorio.</translation>
  </message>
  <message>
   <source>The desktop's dialog was not answered.</source>
   <translation>No se respondió al diálogo del escritorio.</translation>
  </message>
  <message>
   <source>Install the packages: pip install mss pyobjc-framework-Quartz</source>
   <translation>Instala los paquetes: pip install mss pyobjc-framework-Quartz</translation>
  </message>
  <message>
   <source>macOS does not let Aside see the screen: allow it in System Settings, Privacy &amp; Security, Screen Recording, and start Aside again.</source>
   <translation>macOS no deja a Aside ver la pantalla: permítelo en Ajustes del Sistema, Privacidad y seguridad, Grabación de pantalla, y reinicia Aside.</translation>
  </message>
  <message>
   <source>{system} does not show its screen: {error}</source>
   <translation>{system} no muestra su pantalla: {error}</translation>
  </message>
  <message>
   <source>{path}: this tape has no pictures of the {source}.</source>
   <translation>{path}: esta grabación no tiene imágenes ({source}).</translation>
  </message>
  <message>
   <source>{path}: a picture of the tape is missing or broken.</source>
   <translation>{path}: falta una imagen de la grabación o está dañada.</translation>
  </message>
  <message>
   <source>{path}: no tape of a session that can be read ({error}).</source>
   <translation>{path}: no es una grabación de sesión legible ({error}).</translation>
  </message>
  <message>
   <source>recording</source>
   <translation>grabación</translation>
  </message>
  <message>
   <source>{path}: no such recording. Check the name and the folder.</source>
   <translation>{path}: no existe esa grabación. Revisa el nombre y la carpeta.</translation>
  </message>
  <message>
   <source>{path}: no pictures can be read from it. Give a video file.</source>
   <translation>{path}: no se pueden leer imágenes. Indica un archivo de vídeo.</translation>
  </message>
  <message>
   <source>{path}: not one picture can be decoded. Convert it again.</source>
   <translation>{path}: no se puede decodificar ninguna imagen. Conviértelo de nuevo.</translation>
  </message>
  <message>
   <source>recording {name}</source>
   <translation>grabación {name}</translation>
  </message>
  <message>
   <source>Nothing to install: Linux brings it.</source>
   <translation>Nada que instalar: viene con Linux.</translation>
  </message>
  <message>
   <source>{name} gives no pictures: unplug it and plug it in again.</source>
   <translation>{name} no da imágenes: desconéctala y vuelve a conectarla.</translation>
  </message>
  <message>
   <source>{name} is in use by {users}: close it there, and it is taken by itself.</source>
   <translation>{name} está en uso por {users}: ciérrala allí y se tomará sola.</translation>
  </message>
  <message>
   <source>{name} may not be opened: add yourself to the group that owns {file} (often: sudo usermod -aG video $USER), and log in again.</source>
   <translation>No se permite abrir {name}: añádete al grupo dueño de {file} (a menudo: sudo usermod -aG video $USER) e inicia sesión de nuevo.</translation>
  </message>
  <message>
   <source>{name} gives no more pictures: is it unplugged?</source>
   <translation>{name} ya no da imágenes: ¿está desconectada?</translation>
  </message>
  <message>
   <source>{name} gave a broken picture.</source>
   <translation>{name} dio una imagen dañada.</translation>
  </message>
  <message>
   <source>Install the package mss: pip install mss</source>
   <translation>Instala el paquete mss: pip install mss</translation>
  </message>
  <message>
   <source>Windows does not list its windows.</source>
   <translation>Windows no enumera sus ventanas.</translation>
  </message>
  <message>
   <source>Install the packages mss and python-xlib: pip install mss python-xlib</source>
   <translation>Instala los paquetes mss y python-xlib: pip install mss python-xlib</translation>
  </message>
  <message>
   <source>The X server does not let its screen be seen: {error}</source>
   <translation>El servidor X no deja ver su pantalla: {error}</translation>
  </message>
  <message>
   <source>The X server does not answer: {error}</source>
   <translation>El servidor X no responde: {error}</translation>
  </message>
  <message>
   <source>{what} failed ({error}); it is tried again.</source>
   <translation>{what} falló ({error}); se intenta de nuevo.</translation>
  </message>
  <message>
   <source>It cannot be opened ({error}); it is tried again.</source>
   <translation>No se puede abrir ({error}); se vuelve a intentar.</translation>
  </message>
  <message>
   <source>No {what} can be seen on this kind of desktop.</source>
   <translation>En este tipo de escritorio no se puede ver: {what}.</translation>
  </message>
  <message>
   <source>camera</source>
   <translation>cámara</translation>
  </message>
  <message>
   <source>On Wayland only a window can be shared: nobody tells Aside where windows are, so private ones could not be left out of a whole screen.</source>
   <translation>En Wayland solo se puede compartir una ventana: nadie le dice a Aside dónde están, así que las privadas no podrían excluirse de una pantalla entera.</translation>
  </message>
  <message>
   <source>No {what} through {back_end} yet.</source>
   <translation>{what} mediante {back_end}: aún no es posible.</translation>
  </message>
  <message>
   <source>screen</source>
   <translation>pantalla</translation>
  </message>
  <message>
   <source>window</source>
   <translation>ventana</translation>
  </message>
  <message>
   <source>the whole screen</source>
   <translation>toda la pantalla</translation>
  </message>
  <message>
   <source>a region of the screen</source>
   <translation>una zona de la pantalla</translation>
  </message>
  <message>
   <source>one window</source>
   <translation>una ventana</translation>
  </message>
  <message>
   <source>monitor {name}</source>
   <translation>monitor {name}</translation>
  </message>
  <message>
   <source>the window “{title}”</source>
   <translation>la ventana «{title}»</translation>
  </message>
  <message>
   <source>{area} is closed or hidden: show it, or share another.</source>
   <translation>No visible: {area}. Muéstrala o comparte otra.</translation>
  </message>
  <message>
   <source>{area} is on your list of private windows.</source>
   <translation>En tu lista de ventanas privadas: {area}.</translation>
  </message>
  <message>
   <source>There is no monitor.</source>
   <translation>No hay monitor.</translation>
  </message>
  <message>
   <source>Nothing of the screen is shown, for private windows cannot be told: {error}</source>
   <translation>No se muestra nada de la pantalla, pues no se distinguen las ventanas privadas: {error}</translation>
  </message>
  <message>
   <source>There is no monitor {name}; there are: {there}.</source>
   <translation>No existe el monitor {name}; hay: {there}.</translation>
  </message>
  <message>
   <source>The region is on no monitor any more: share another.</source>
   <translation>La zona ya no está en ningún monitor: comparte otra.</translation>
  </message>
  <message>
   <source>{area} is being moved.</source>
   <translation>Se está moviendo: {area}.</translation>
  </message>
  <message>
   <source>Close this card</source>
   <translation>Cerrar esta tarjeta</translation>
  </message>
  <message>
   <source>A card</source>
   <translation>Una tarjeta</translation>
  </message>
  <message>
   <source>{name}: from {first} to {last}, least {least}, most {most}</source>
   <translation>{name}: de {first} a {last}, mínimo {least}, máximo {most}</translation>
  </message>
  <message>
   <source>Chart</source>
   <translation>Gráfico</translation>
  </message>
  <message>
   <source>to do</source>
   <translation>por hacer</translation>
  </message>
  <message>
   <source>being done</source>
   <translation>en curso</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>Pasos</translation>
  </message>
  <message>
   <source>Still missing: {names}</source>
   <translation>Aún falta: {names}</translation>
  </message>
  <message>
   <source>a number</source>
   <translation>un número</translation>
  </message>
  <message>
   <source>year-month-day</source>
   <translation>año-mes-día</translation>
  </message>
  <message>
   <source>Choose</source>
   <translation>Elegir</translation>
  </message>
  <message>
   <source>{name} (needed)</source>
   <translation>{name} (obligatorio)</translation>
  </message>
  <message>
   <source>Table</source>
   <translation>Tabla</translation>
  </message>
  <message>
   <source>Code</source>
   <translation>Código</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Progreso</translation>
  </message>
  <message>
   <source>(A picture that cannot be shown: {alt})</source>
   <translation>(Una imagen que no se puede mostrar: {alt})</translation>
  </message>
  <message>
   <source>This model does not see: pictures go to the background model alone, if you have chosen one.</source>
   <translation>Este modelo no ve: las imágenes van solo al modelo de fondo, si has elegido uno.</translation>
  </message>
  <message>
   <source>Add yourself to the group that owns {device} (often: sudo usermod -aG video $USER), and log in again.</source>
   <translation>Añádete al grupo dueño de {device} (a menudo: sudo usermod -aG video $USER) y vuelve a iniciar sesión.</translation>
  </message>
  <message>
   <source>Install the portal of your desktop, for example xdg-desktop-portal-gnome or xdg-desktop-portal-kde, and log in again.</source>
   <translation>Instala el portal de tu escritorio, por ejemplo xdg-desktop-portal-gnome o xdg-desktop-portal-kde, y vuelve a iniciar sesión.</translation>
  </message>
  <message>
   <source>Bind keys of your desktop to commands such as: aside do mute</source>
   <translation>Asigna teclas de tu escritorio a órdenes como: aside do mute</translation>
  </message>
  <message>
   <source>There is no key store here to keep its key in. To keep none: Settings, History, or aside history keep none</source>
   <translation>Aquí no hay almacén de claves para guardar la suya. Para no guardar nada: Ajustes, Historial, o aside history keep none</translation>
  </message>
  <message>
   <source>set Aside up again: python3 run.py doctor</source>
   <translation>vuelve a instalar Aside: python3 run.py doctor</translation>
  </message>
  <message>
   <source>install Aside's package again</source>
   <translation>vuelve a instalar el paquete de Aside</translation>
  </message>
  <message>
   <source>no microphone on this machine</source>
   <translation>no hay micrófono en este equipo</translation>
  </message>
  <message>
   <source>no speaker on this machine</source>
   <translation>no hay altavoz en este equipo</translation>
  </message>
  <message>
   <source>{name}, of {count} to choose from</source>
   <translation>{name}, de {count} a elegir</translation>
  </message>
  <message>
   <source>Start Aside in a desktop session, or use aside replay and aside serve.</source>
   <translation>Inicia Aside en una sesión de escritorio, o usa aside replay y aside serve.</translation>
  </message>
  <message>
   <source>{names}; private windows can be told from others</source>
   <translation>{names}; las ventanas privadas se distinguen de las demás</translation>
  </message>
  <message>
   <source>windows, through the desktop's portal (version {version})</source>
   <translation>ventanas, a través del portal del escritorio (versión {version})</translation>
  </message>
  <message>
   <source>Plug one in; until then type to Aside.</source>
   <translation>Conecta uno; mientras tanto, escribe a Aside.</translation>
  </message>
  <message>
   <source>Plug one in; until then read its captions.</source>
   <translation>Conecta uno; mientras tanto, lee sus subtítulos.</translation>
  </message>
  <message>
   <source>no window can be shown here</source>
   <translation>aquí no se puede mostrar ninguna ventana</translation>
  </message>
  <message>
   <source>Plug one in to show things.</source>
   <translation>Conecta una para mostrar cosas.</translation>
  </message>
  <message>
   <source>{names}, which may not be opened</source>
   <translation>{names}, que no se puede abrir</translation>
  </message>
  <message>
   <source>keys work in Aside's own windows alone</source>
   <translation>las teclas solo funcionan en las ventanas de Aside</translation>
  </message>
  <message>
   <source>{name}, runs on {back_end}</source>
   <translation>{name}, funciona con {back_end}</translation>
  </message>
  <message>
   <source>Make room: tapes need some.</source>
   <translation>Libera espacio: las grabaciones lo necesitan.</translation>
  </message>
  <message>
   <source>{room} GiB free</source>
   <translation>{room} GiB libres</translation>
  </message>
  <message>
   <source>It is set aside at the next start, and a new one begins.</source>
   <translation>Se aparta en el próximo inicio y empieza uno nuevo.</translation>
  </message>
  <message>
   <source>kept, and not encrypted</source>
   <translation>se guarda, sin cifrar</translation>
  </message>
  <message>
   <source>sound does not work: {error}</source>
   <translation>el sonido no funciona: {error}</translation>
  </message>
  <message>
   <source>no camera on this machine</source>
   <translation>no hay cámara en este equipo</translation>
  </message>
  <message>
   <source>windows cannot be shared yet</source>
   <translation>todavía no se pueden compartir ventanas</translation>
  </message>
  <message>
   <source>the desktop's portal shares no windows: {error}</source>
   <translation>el portal del escritorio no comparte ventanas: {error}</translation>
  </message>
  <message>
   <source>the shipped model does not load: {error}</source>
   <translation>el modelo incluido no se carga: {error}</translation>
  </message>
  <message>
   <source>{room} MiB free</source>
   <translation>{room} MiB libres</translation>
  </message>
  <message>
   <source>kept, and encrypted</source>
   <translation>se guarda, cifrado</translation>
  </message>
  <message>
   <source>the history is damaged</source>
   <translation>el historial está dañado</translation>
  </message>
  <message>
   <source>no camera can be used here</source>
   <translation>aquí no se puede usar ninguna cámara</translation>
  </message>
  <message>
   <source>the screen cannot be shared</source>
   <translation>no se puede compartir la pantalla</translation>
  </message>
  <message>
   <source>through {name}</source>
   <translation>mediante {name}</translation>
  </message>
  <message>
   <source>Screen</source>
   <translation>Pantalla</translation>
  </message>
  <message>
   <source>Hotkeys</source>
   <translation>Atajos de teclado</translation>
  </message>
  <message>
   <source>Checkpoint</source>
   <translation>Modelo</translation>
  </message>
  <message>
   <source>Disk</source>
   <translation>Disco</translation>
  </message>
  <message>
   <source>System Settings, Privacy &amp; Security, Microphone: allow Aside; start it anew.</source>
   <translation>Ajustes del Sistema, Privacidad y seguridad, Micrófono: permite Aside y reinícialo.</translation>
  </message>
  <message>
   <source>Settings, Privacy &amp; security, Microphone: let desktop apps use it.</source>
   <translation>Configuración, Privacidad y seguridad, Micrófono: permite su uso a las aplicaciones de escritorio.</translation>
  </message>
  <message>
   <source>System Settings, Privacy &amp; Security, Camera: allow Aside; start it anew.</source>
   <translation>Ajustes del Sistema, Privacidad y seguridad, Cámara: permite Aside; reinícialo.</translation>
  </message>
  <message>
   <source>Settings, Privacy &amp; security, Camera: let desktop apps use it.</source>
   <translation>Configuración, Privacidad y seguridad, Cámara: permite su uso a las aplicaciones de escritorio.</translation>
  </message>
  <message>
   <source>System Settings, Privacy &amp; Security, Screen Recording: allow Aside, start anew.</source>
   <translation>Ajustes del Sistema, Privacidad y seguridad, Grabación de pantalla: permite Aside, reinícialo.</translation>
  </message>
  <message>
   <source>System Settings, Privacy &amp; Security, Input Monitoring: allow Aside.</source>
   <translation>Ajustes del Sistema, Privacidad y seguridad, Monitorización de entrada: permite Aside.</translation>
  </message>
  <message>
   <source>Aside would hear itself: the echo came in at {taken} dB, and {passed} dB are left. Switch echo cancellation on, turn the speaker down, or use headphones.</source>
   <translation>Aside se oiría a sí mismo: el eco llegó a {taken} dB y quedan {passed} dB. Activa la cancelación de eco, baja el altavoz o usa auriculares.</translation>
  </message>
  <message>
   <source>The microphone did not hear the speaker. With headphones that is as it should be; if you heard no sound, turn the speaker up or choose another.</source>
   <translation>El micrófono no oyó el altavoz. Con auriculares es lo correcto; si no oíste sonido, sube el altavoz o elige otro.</translation>
  </message>
  <message>
   <source>Good. The echo came in at {taken} dB; {passed} dB of it are left.</source>
   <translation>Bien. El eco llegó a {taken} dB; quedan {passed} dB.</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Atrás</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Listo</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>Siguiente</translation>
  </message>
  <message>
   <source>Page {number} of {count}</source>
   <translation>Página {number} de {count}</translation>
  </message>
  <message>
   <source>not yet</source>
   <translation>todavía no</translation>
  </message>
  <message>
   <source>These keys work in every program. Try one: its tick appears here.</source>
   <translation>Estas teclas funcionan en todos los programas. Prueba una: su marca aparece aquí.</translation>
  </message>
  <message>
   <source>These keys work in Aside's own windows.</source>
   <translation>Estas teclas funcionan en las ventanas de Aside.</translation>
  </message>
  <message>
   <source>Aside is with you while you work. It listens all the time, and mostly says nothing.</source>
   <translation>Aside te acompaña mientras trabajas. Escucha todo el tiempo y casi nunca dice nada.</translation>
  </message>
  <message>
   <source>It hears the microphone while the bars in its window move. Muted, the microphone is closed: nothing is captured at all.</source>
   <translation>Oye el micrófono mientras se mueven las barras de su ventana. Silenciado, el micrófono está cerrado: no se capta nada.</translation>
  </message>
  <message>
   <source>It sees the camera and the screen only when you share them. A light shows which; windows that are private stay unseen.</source>
   <translation>Solo ve la cámara y la pantalla cuando las compartes. Una luz muestra cuál; las ventanas privadas no se ven.</translation>
  </message>
  <message>
   <source>The model runs on this machine. Nothing leaves it unless you choose another engine.</source>
   <translation>El modelo funciona en este equipo. Nada sale de él, a menos que elijas otro motor.</translation>
  </message>
  <message>
   <source>Looking at this machine:</source>
   <translation>Revisando este equipo:</translation>
  </message>
  <message>
   <source>Look again</source>
   <translation>Revisar de nuevo</translation>
  </message>
  <message>
   <source>The echo test plays a melody for four seconds, and listens for itself.</source>
   <translation>La prueba de eco toca una melodía durante cuatro segundos y escucha si vuelve.</translation>
  </message>
  <message>
   <source>Test sound and echo</source>
   <translation>Probar sonido y eco</translation>
  </message>
  <message>
   <source>Be quiet for a moment.</source>
   <translation>Guarda silencio un momento.</translation>
  </message>
  <message>
   <source>There is no speaker to test. Plug one in, or read the captions.</source>
   <translation>No hay altavoz que probar. Conecta uno o lee los subtítulos.</translation>
  </message>
  <message>
   <source>There is no open microphone to test. Plug one in and open it, or type.</source>
   <translation>No hay ningún micrófono abierto que probar. Conecta uno y ábrelo, o escribe.</translation>
  </message>
  <message>
   <source>Every 200 ms Aside takes in what happened and decides what to do about it.</source>
   <translation>Cada 200 ms Aside recoge lo que ha pasado y decide qué hacer.</translation>
  </message>
  <message>
   <source>The test shows whether there is time for pictures too. It takes a minute.</source>
   <translation>La prueba muestra si también hay tiempo para imágenes. Tarda un minuto.</translation>
  </message>
  <message>
   <source>Measure</source>
   <translation>Medir</translation>
  </message>
  <message>
   <source>Measuring</source>
   <translation>Midiendo</translation>
  </message>
  <message>
   <source>Measuring; leave the machine alone meanwhile.</source>
   <translation>Midiendo; mientras tanto no uses el equipo.</translation>
  </message>
  <message>
   <source>{keys} stops everything at once.</source>
   <translation>{keys} lo detiene todo de una vez.</translation>
  </message>
  <message>
   <source>What is heard now</source>
   <translation>Lo que se oye ahora</translation>
  </message>
  <message>
   <source>none</source>
   <translation>ninguna</translation>
  </message>
  <message>
   <source>Change keys</source>
   <translation>Cambiar las teclas</translation>
  </message>
  <message>
   <source>What Aside hears and sees</source>
   <translation>Lo que Aside oye y ve</translation>
  </message>
  <message>
   <source>Your microphone and speaker</source>
   <translation>Tu micrófono y tu altavoz</translation>
  </message>
  <message>
   <source>How fast is this machine?</source>
   <translation>¿Qué tan rápido es este equipo?</translation>
  </message>
  <message>
   <source>At hand by key</source>
   <translation>A mano con las teclas</translation>
  </message>
  <message>
   <source>Even so it will often be late.</source>
   <translation>Aun así llegará tarde a menudo.</translation>
  </message>
  <message>
   <source>The measurement could not be started: {error}.</source>
   <translation>No se pudo iniciar la medición: {error}.</translation>
  </message>
  <message>
   <source>Of the 200 ms that a micro-turn has, this machine needs {without} to listen and speak, and {looking} with pictures ({backend}).</source>
   <translation>De los 200 ms de un microturno, este equipo necesita {without} para escuchar y hablar, y {looking} con imágenes ({backend}).</translation>
  </message>
  <message>
   <source>Pictures come as often as the model takes them.</source>
   <translation>Las imágenes llegan tan a menudo como las toma el modelo.</translation>
  </message>
  <message>
   <source>Pictures come half as often; that leaves room for your other programs.</source>
   <translation>Las imágenes llegan la mitad de veces; así queda sitio para tus otros programas.</translation>
  </message>
  <message>
   <source>Pictures are switched off: they would make Aside late.</source>
   <translation>Las imágenes están desactivadas: retrasarían a Aside.</translation>
  </message>
  <message>
   <source>The measurement failed: {error}</source>
   <translation>La medición falló: {error}</translation>
  </message>
  <message>
   <source>it ended with status {status}</source>
   <translation>terminó con el estado {status}</translation>
  </message>
  <message>
   <source>There is no microphone. Type: "Aside, remind me every five seconds until I ask you to stop."</source>
   <translation>No hay micrófono. Escribe en inglés: «Aside, remind me every five seconds until I ask you to stop.»</translation>
  </message>
  <message>
   <source>The small model that ships is good at when, and knows little of what. Its card tells how well it hears, the bad figures too.</source>
   <translation>El pequeño modelo incluido es bueno en el cuándo y sabe poco del qué. Su ficha dice lo bien que oye, también las malas cifras.</translation>
  </message>
  <message>
   <source>One minute together</source>
   <translation>Un minuto juntos</translation>
  </message>
  <message>
   <source>a window without a title</source>
   <translation>una ventana sin título</translation>
  </message>
  <message>
   <source>The history was damaged. It lies in {path}; a new one has begun.</source>
   <translation>El historial estaba dañado. Está en {path}; ha empezado uno nuevo.</translation>
  </message>
  <message>
   <source>The history cannot be written ({error}). Make room on the disk or look at {folder}; until then it waits in memory.</source>
   <translation>No se puede escribir el historial ({error}). Libera espacio en el disco o mira {folder}; mientras tanto espera en memoria.</translation>
  </message>
  <message>
   <source>{count} lines are lost.</source>
   <translation>Se han perdido {count} líneas.</translation>
  </message>
  <message>
   <source>The history is encrypted, and {why}. Nothing is kept until then.</source>
   <translation>El historial está cifrado y {why}. Hasta entonces no se guarda nada.</translation>
  </message>
  <message>
   <source>The history is to be encrypted, and {why}. It waits in memory until then. Encryption can be switched off in the settings.</source>
   <translation>El historial debe cifrarse y {why}. Hasta entonces espera en la memoria. El cifrado se puede desactivar en los ajustes.</translation>
  </message>
  <message>
   <source>The history is not encrypted: {why}.</source>
   <translation>El historial no está cifrado: {why}.</translation>
  </message>
  <message>
   <source>encryption is switched off</source>
   <translation>el cifrado está desactivado</translation>
  </message>
  <message>
   <source>the package sqlcipher3 is not there</source>
   <translation>falta el paquete sqlcipher3</translation>
  </message>
  <message>
   <source>Conversation {number} was kept without its sound, so there is no wav to write. To keep sound from now on: aside history keep --sound on</source>
   <translation>La conversación {number} se guardó sin sonido, así que no hay wav. Para guardar el sonido desde ahora: aside history keep --sound on</translation>
  </message>
  <message>
   <source>{path} could not be written: {error}. Choose another place.</source>
   <translation>No se pudo escribir {path}: {error}. Elige otro lugar.</translation>
  </message>
  <message>
   <source>What to keep cannot be read from its file, so nothing is kept. Choose it again in the settings.</source>
   <translation>No se puede leer del archivo lo que hay que guardar, así que no se guarda nada. Elígelo de nuevo en los ajustes.</translation>
  </message>
  <message>
   <source>Nothing is kept.</source>
   <translation>No se guarda nada.</translation>
  </message>
  <message>
   <source>pictures</source>
   <translation>imágenes</translation>
  </message>
  <message>
   <source>sound</source>
   <translation>sonido</translation>
  </message>
  <message>
   <source>words and acts</source>
   <translation>palabras y acciones</translation>
  </message>
  <message>
   <source>Kept until you delete it: {what}.</source>
   <translation>Se guarda hasta que lo borres: {what}.</translation>
  </message>
  <message>
   <source>Kept for {days} days: {what}.</source>
   <translation>Se guarda {days} días: {what}.</translation>
  </message>
  <message>
   <source>the key store does not answer: {error}</source>
   <translation>el almacén de claves no responde: {error}</translation>
  </message>
  <message>
   <source>this system has no key store</source>
   <translation>este sistema no tiene almacén de claves</translation>
  </message>
  <message>
   <source>the key store holds no usable key</source>
   <translation>el almacén no tiene una clave utilizable</translation>
  </message>
  <message>
   <source>You</source>
   <translation>Tú</translation>
  </message>
  <message>
   <source>Aside</source>
   <translation>Aside</translation>
  </message>
  <message>
   <source>Aside did</source>
   <translation>Aside hizo</translation>
  </message>
  <message>
   <source>Background</source>
   <translation>En segundo plano</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>Nota</translation>
  </message>
  <message>
   <source>Search what was said</source>
   <translation>Buscar lo que se dijo</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Copiar</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportar…</translation>
  </message>
  <message>
   <source>Delete…</source>
   <translation>Borrar…</translation>
  </message>
  <message>
   <source>{minutes} min</source>
   <translation>{minutes} min</translation>
  </message>
  <message>
   <source>(no words)</source>
   <translation>(sin palabras)</translation>
  </message>
  <message>
   <source>today, {time}</source>
   <translation>hoy, {time}</translation>
  </message>
  <message>
   <source>yesterday, {time}</source>
   <translation>ayer, {time}</translation>
  </message>
  <message>
   <source>d MMM yyyy</source>
   <translation>d MMM yyyy</translation>
  </message>
  <message>
   <source>The history was written by a newer Aside. Install that one again, or move history.db away to begin a new one.</source>
   <translation>El historial es de un Aside más reciente. Vuelve a instalarlo, o aparta history.db para empezar uno nuevo.</translation>
  </message>
  <message>
   <source>a task</source>
   <translation>una tarea</translation>
  </message>
  <message>
   <source>The engine was lost and started again.</source>
   <translation>El motor se perdió y se inició de nuevo.</translation>
  </message>
  <message>
   <source>Transcript</source>
   <translation>Transcripción</translation>
  </message>
  <message>
   <source>Nothing has been kept yet. What you and Aside say will be found here.</source>
   <translation>Aún no se ha guardado nada. Aquí estará lo que digáis tú y Aside.</translation>
  </message>
  <message>
   <source>Encrypted on this machine.</source>
   <translation>Cifrado en este equipo.</translation>
  </message>
  <message>
   <source>Not encrypted: only the rights of the file protect it.</source>
   <translation>Sin cifrar: solo lo protegen los permisos del archivo.</translation>
  </message>
  <message>
   <source>Nothing was found. All the words you type must come up in one conversation.</source>
   <translation>No se encontró nada. Todas las palabras deben aparecer en una misma conversación.</translation>
  </message>
  <message>
   <source>Aside keeps no history. Nothing that is said here is written down.</source>
   <translation>Aside no guarda historial. Nada de lo que se dice aquí se anota.</translation>
  </message>
  <message>
   <source>Export the conversation</source>
   <translation>Exportar la conversación</translation>
  </message>
  <message>
   <source>Delete this conversation for good?</source>
   <translation>¿Borrar esta conversación para siempre?</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Borrar</translation>
  </message>
  <message>
   <source>The history cannot be read: {error}</source>
   <translation>No se puede leer el historial: {error}</translation>
  </message>
  <message>
   <source>{count} results</source>
   <translation>{count} resultados</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Texto</translation>
  </message>
  <message>
   <source>Subtitles</source>
   <translation>Subtítulos</translation>
  </message>
  <message>
   <source>JSON</source>
   <translation>JSON</translation>
  </message>
  <message>
   <source>The conversation cannot be deleted: {error}</source>
   <translation>No se puede borrar la conversación: {error}</translation>
  </message>
  <message>
   <source>Written: {path}</source>
   <translation>Guardado: {path}</translation>
  </message>
  <message>
   <source>The history stopped: {error}. Start Aside again.</source>
   <translation>El historial se detuvo: {error}. Reinicia Aside.</translation>
  </message>
  <message>
   <source>'{key}' is no modifier; there are {modifiers}</source>
   <translation>'{key}' no es un modificador; hay {modifiers}</translation>
  </message>
  <message>
   <source>'{key}' is no key; write for example Ctrl+Alt+M or F9</source>
   <translation>'{key}' no es una tecla; escribe por ejemplo Ctrl+Alt+M o F9</translation>
  </message>
  <message>
   <source>{key} needs Ctrl, Alt or Super with it: alone it is for typing</source>
   <translation>{key} necesita Ctrl, Alt o Super: sola es para escribir</translation>
  </message>
  <message>
   <source>key listener</source>
   <translation>escucha de teclas</translation>
  </message>
  <message>
   <source>A small process of its own listens for keys and passes on only those bound here.</source>
   <translation>Un pequeño proceso propio escucha las teclas y solo pasa las asignadas aquí.</translation>
  </message>
  <message>
   <source>On macOS allow Aside under System Settings, Privacy &amp; Security, Input Monitoring, and start it again. Elsewhere install the package pynput.</source>
   <translation>En macOS permite Aside en Ajustes del Sistema, Privacidad y seguridad, Monitorización de entrada, y reinícialo. En otros sistemas instala el paquete pynput.</translation>
  </message>
  <message>
   <source>The process that listens for keys ended, so they work in Aside's windows alone.</source>
   <translation>El proceso que escucha las teclas terminó, así que solo funcionan en las ventanas de Aside.</translation>
  </message>
  <message>
   <source>Wayland portal</source>
   <translation>portal de Wayland</translation>
  </message>
  <message>
   <source>The desktop itself passes on the keys that you confirm, and no others.</source>
   <translation>El propio escritorio pasa las teclas que confirmas y ninguna más.</translation>
  </message>
  <message>
   <source>This Wayland desktop offers no portal for global shortcuts. Bind a key to `aside do mute` and the like in the desktop's own keyboard settings.</source>
   <translation>Este escritorio Wayland no tiene portal de atajos globales. Asigna una tecla a `aside do mute` y similares en los ajustes de teclado del escritorio.</translation>
  </message>
  <message>
   <source>The desktop did not give the keys; set them in its settings, or bind `aside do ACTION`.</source>
   <translation>El escritorio no concedió las teclas; ponlas en sus ajustes o asigna `aside do ACTION`.</translation>
  </message>
  <message>
   <source>The desktop's portal went away, so keys work in Aside's windows alone.</source>
   <translation>El portal del escritorio desapareció, así que las teclas solo funcionan en las ventanas de Aside.</translation>
  </message>
  <message>
   <source>The X server passes on the keys bound here and no others.</source>
   <translation>El servidor X pasa las teclas asignadas aquí y ninguna más.</translation>
  </message>
  <message>
   <source>Install the package python-xlib, or start Aside once with: python3 run.py</source>
   <translation>Instala el paquete python-xlib, o inicia Aside una vez con: python3 run.py</translation>
  </message>
  <message>
   <source>The X server cannot be reached, so keys work in Aside's windows alone.</source>
   <translation>No se puede acceder al servidor X, así que las teclas solo funcionan en las ventanas de Aside.</translation>
  </message>
  <message>
   <source>This keyboard has no {key}.</source>
   <translation>Este teclado no tiene {key}.</translation>
  </message>
  <message>
   <source>{keys} is taken by another program.</source>
   <translation>{keys} ya la usa otro programa.</translation>
  </message>
  <message>
   <source>{keys} is the key of: {action}.</source>
   <translation>{keys} ya es la tecla de: {action}.</translation>
  </message>
  <message>
   <source>{keys} is wanted for this too: {action}.</source>
   <translation>{keys} también se pide para: {action}.</translation>
  </message>
  <message>
   <source>Keys work in Aside's own windows alone, as you have set it.</source>
   <translation>Las teclas solo funcionan en las ventanas de Aside, como has elegido.</translation>
  </message>
  <message>
   <source>Back end: {name}.</source>
   <translation>Vía: {name}.</translation>
  </message>
  <message>
   <source>Nothing here passes global keys on, so they work in Aside's own windows alone.</source>
   <translation>Nada aquí transmite teclas globales, así que solo funcionan en las ventanas de Aside.</translation>
  </message>
  <message>
   <source>on or off</source>
   <translation>activado o desactivado</translation>
  </message>
  <message>
   <source>{low} to {high} {unit}</source>
   <translation>de {low} a {high} {unit}</translation>
  </message>
  <message>
   <source>the name of a microphone, or default</source>
   <translation>el nombre de un micrófono, o default</translation>
  </message>
  <message>
   <source>the name of a speaker, or default</source>
   <translation>el nombre de un altavoz, o default</translation>
  </message>
  <message>
   <source>the name of a camera, or default</source>
   <translation>el nombre de una cámara, o default</translation>
  </message>
  <message>
   <source>keys such as Ctrl+Alt+M, or none</source>
   <translation>teclas como Ctrl+Alt+M, o none</translation>
  </message>
  <message>
   <source>two numbers such as 100,200, or none</source>
   <translation>dos números como 100,200, o none</translation>
  </message>
  <message>
   <source>patterns such as *bank*, separated by ;, or none</source>
   <translation>patrones como *bank*, separados por ;, o none</translation>
  </message>
  <message>
   <source>is on or off</source>
   <translation>es activado o desactivado</translation>
  </message>
  <message>
   <source>is one of: {range}</source>
   <translation>es uno de: {range}</translation>
  </message>
  <message>
   <source>is {range}</source>
   <translation>es {range}</translation>
  </message>
  <message>
   <source>is a whole number, {range}</source>
   <translation>es un número entero, {range}</translation>
  </message>
  <message>
   <source>does not fit: {error}</source>
   <translation>no vale: {error}</translation>
  </message>
  <message>
   <source>The settings were damaged and are at their defaults; see {path}.</source>
   <translation>Los ajustes estaban dañados y vuelven a sus valores iniciales; véase {path}.</translation>
  </message>
  <message>
   <source>What is kept cannot be changed in {path}: {error}.</source>
   <translation>No se puede cambiar en {path} lo que se guarda: {error}.</translation>
  </message>
  <message>
   <source>The settings in {path} cannot be read: {error}.</source>
   <translation>No se pueden leer los ajustes de {path}: {error}.</translation>
  </message>
  <message>
   <source>The settings cannot be kept in {path}: {error}.</source>
   <translation>No se pueden guardar los ajustes en {path}: {error}.</translation>
  </message>
  <message>
   <source>A setting is back at its default: {error}.</source>
   <translation>Un ajuste vuelve a su valor inicial: {error}.</translation>
  </message>
  <message>
   <source>What this computer plays cannot be heard on this kind of system.</source>
   <translation>En este tipo de sistema no se puede oír lo que reproduce el ordenador.</translation>
  </message>
  <message>
   <source>There is no speaker whose sound could be heard.</source>
   <translation>No hay ningún altavoz cuyo sonido se pueda oír.</translation>
  </message>
  <message>
   <source>No microphone.</source>
   <translation>Sin micrófono.</translation>
  </message>
  <message>
   <source>No speaker.</source>
   <translation>Sin altavoz.</translation>
  </message>
  <message>
   <source>{name} hangs in the sound system: start Aside again to use it.</source>
   <translation>{name} se ha colgado en el sistema de sonido: reinicia Aside para usarlo.</translation>
  </message>
  <message>
   <source>{name} cannot be opened: {error}</source>
   <translation>No se puede abrir {name}: {error}</translation>
  </message>
  <message>
   <source>No sound devices found: plug in a headset or start a sound server. Typing works.</source>
   <translation>No se encontraron dispositivos de sonido: conecta unos auriculares o inicia un servidor de sonido. Puedes escribir.</translation>
  </message>
  <message>
   <source>PortAudio is missing, so there is neither microphone nor speaker. Install it (Debian, Ubuntu: sudo apt install libportaudio2) and start Aside again.</source>
   <translation>Falta PortAudio, así que no hay micrófono ni altavoz. Instálalo (Debian, Ubuntu: sudo apt install libportaudio2) y reinicia Aside.</translation>
  </message>
  <message>
   <source>{name} is not ready yet</source>
   <translation>{name} aún no está listo</translation>
  </message>
  <message>
   <source>PortAudio cannot reach the sound server. Debian, Ubuntu: sudo apt install libasound2-plugins</source>
   <translation>PortAudio no llega al servidor de sonido. Debian, Ubuntu: sudo apt install libasound2-plugins</translation>
  </message>
  <message>
   <source>No sound server answers, so there is neither microphone nor speaker. Typing works.</source>
   <translation>No responde ningún servidor de sonido, así que no hay micrófono ni altavoz. Puedes escribir.</translation>
  </message>
  <message>
   <source>Nothing runs in the background now.</source>
   <translation>Ahora no funciona nada en segundo plano.</translation>
  </message>
  <message>
   <source>Aside's window does not answer; try again, or end it and start it anew.</source>
   <translation>La ventana de Aside no responde; inténtalo de nuevo, o ciérrala y reiníciala.</translation>
  </message>
  <message>
   <source>Keep it</source>
   <translation>Conservarla</translation>
  </message>
  <message>
   <source>Aside interjects</source>
   <translation>Aside interviene</translation>
  </message>
  <message>
   <source>Words appear here. Hold Ctrl+Alt over them to move this bar.</source>
   <translation>Aquí aparecen las palabras. Mantenga Ctrl+Alt encima para mover la barra.</translation>
  </message>
  <message>
   <source>Aside's captions</source>
   <translation>Subtítulos de Aside</translation>
  </message>
  <message>
   <source>Stopped. Nothing is heard, seen, said or done until you go on.</source>
   <translation>Detenido. No se oye, ve, dice ni hace nada hasta que continúes.</translation>
  </message>
  <message>
   <source>Push to talk was held very long and let go: is the key stuck?</source>
   <translation>La tecla para hablar se mantuvo muchísimo tiempo y se soltó: ¿está atascada?</translation>
  </message>
  <message>
   <source>Something could not be stopped: quit Aside to be sure.</source>
   <translation>Algo no se pudo detener: cierra Aside para estar seguro.</translation>
  </message>
  <message>
   <source>Copied.</source>
   <translation>Copiado.</translation>
  </message>
  <message>
   <source>System default ({name})</source>
   <translation>Predeterminado del sistema ({name})</translation>
  </message>
  <message>
   <source>{name} (not there)</source>
   <translation>{name} (no está)</translation>
  </message>
  <message>
   <source>Press the keys you want here; Backspace for none.</source>
   <translation>Pulsa aquí las teclas que quieras; Retroceso para ninguna.</translation>
  </message>
  <message>
   <source>System default</source>
   <translation>Predeterminado del sistema</translation>
  </message>
  <message>
   <source>In every program</source>
   <translation>En todos los programas</translation>
  </message>
  <message>
   <source>In Aside</source>
   <translation>En Aside</translation>
  </message>
  <message>
   <source>hold</source>
   <translation>mantener</translation>
  </message>
  <message>
   <source>What is captured</source>
   <translation>Lo que se capta</translation>
  </message>
  <message>
   <source>What the computer plays</source>
   <translation>Lo que reproduce el ordenador</translation>
  </message>
  <message>
   <source>off</source>
   <translation>apagado</translation>
  </message>
  <message>
   <source>wanted, and gives nothing</source>
   <translation>pedido, pero no da nada</translation>
  </message>
  <message>
   <source>on</source>
   <translation>encendido</translation>
  </message>
  <message>
   <source>Aside's mark</source>
   <translation>El símbolo de Aside</translation>
  </message>
  <message>
   <source>Words and captions</source>
   <translation>Palabras y subtítulos</translation>
  </message>
  <message>
   <source>Window</source>
   <translation>Ventana</translation>
  </message>
  <message>
   <source>Microphone level</source>
   <translation>Nivel del micrófono</translation>
  </message>
  <message>
   <source>Thinking</source>
   <translation>Pensar</translation>
  </message>
  <message>
   <source>Use this one</source>
   <translation>Usar este</translation>
  </message>
  <message>
   <source>Test</source>
   <translation>Probar</translation>
  </message>
  <message>
   <source>Use none</source>
   <translation>No usar ninguno</translation>
  </message>
  <message>
   <source>Forget the key</source>
   <translation>Olvidar la clave</translation>
  </message>
  <message>
   <source>A language model that works in the background on what you ask for: llama.cpp, Ollama, LM Studio, vLLM, SGLang, or a service that speaks OpenAI's chat completions. Without one nothing is sent anywhere, and timers, sums, notes and files still work.</source>
   <translation>Un modelo de lenguaje que trabaja en segundo plano en lo que pides: llama.cpp, Ollama, LM Studio, vLLM, SGLang o un servicio que hable las chat completions de OpenAI. Sin ninguno no se envía nada a ningún sitio, y los temporizadores, las cuentas, las notas y los archivos siguen funcionando.</translation>
  </message>
  <message>
   <source>Look around on this computer</source>
   <translation>Buscar en este ordenador</translation>
  </message>
  <message>
   <source>Asks the usual ports who answers, whenever this page opens.</source>
   <translation>Pregunta en los puertos habituales quién responde, cada vez que se abre esta página.</translation>
  </message>
  <message>
   <source>Found here</source>
   <translation>Encontrados aquí</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>Dirección</translation>
  </message>
  <message>
   <source>Up to the version. On another machine it begins with https.</source>
   <translation>Hasta la versión. En otro equipo empieza por https.</translation>
  </message>
  <message>
   <source>Its name, as the server calls it.</source>
   <translation>Su nombre, como lo llama el servidor.</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>Clave</translation>
  </message>
  <message>
   <source>Where the server wants one. It is kept in the system's key store and never shown again.</source>
   <translation>Si el servidor pide una. Se guarda en el almacén de claves del sistema y no se muestra nunca más.</translation>
  </message>
  <message>
   <source>Give it pictures</source>
   <translation>Darle imágenes</translation>
  </message>
  <message>
   <source>Of screen and camera, while you share them.</source>
   <translation>De la pantalla y la cámara, mientras las compartes.</translation>
  </message>
  <message>
   <source>Asking {model}. A big one may take a minute to begin.</source>
   <translation>Preguntando a {model}. Uno grande puede tardar un minuto en empezar.</translation>
  </message>
  <message>
   <source>None is in use.</source>
   <translation>No se usa ninguno.</translation>
  </message>
  <message>
   <source>not looked around</source>
   <translation>no se ha buscado</translation>
  </message>
  <message>
   <source>choose one</source>
   <translation>elige uno</translation>
  </message>
  <message>
   <source>nobody answers</source>
   <translation>nadie responde</translation>
  </message>
  <message>
   <source>one is kept; write another to change it</source>
   <translation>hay una guardada; escribe otra para cambiarla</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Parar</translation>
  </message>
  <message>
   <source>The key is forgotten.</source>
   <translation>La clave está olvidada.</translation>
  </message>
  <message>
   <source>The key was not forgotten: it is not in the key store, or the store does not answer.</source>
   <translation>La clave no se olvidó: no está en el almacén de claves, o este no responde.</translation>
  </message>
  <message>
   <source>In use: {model} at {url}</source>
   <translation>En uso: {model} en {url}</translation>
  </message>
  <message>
   <source>It could not be tried: {error}.</source>
   <translation>No se pudo probar: {error}.</translation>
  </message>
  <message>
   <source>Which model? Choose one, or write its name.</source>
   <translation>¿Qué modelo? Elige uno o escribe su nombre.</translation>
  </message>
  <message>
   <source>Stopped.</source>
   <translation>Parado.</translation>
  </message>
  <message>
   <source>No language model any more: nothing is sent anywhere.</source>
   <translation>Ya no hay modelo de lenguaje: no se envía nada a ningún sitio.</translation>
  </message>
  <message>
   <source>That address cannot be used: {why}.</source>
   <translation>Esa dirección no se puede usar: {why}.</translation>
  </message>
  <message>
   <source>Without tools it can answer but do nothing: choose one that calls tools.</source>
   <translation>Sin herramientas puede responder pero no hacer nada: elige uno que llame a herramientas.</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>sí</translation>
  </message>
  <message>
   <source>no</source>
   <translation>no</translation>
  </message>
  <message>
   <source>Works with {model}: first word after {ms} ms; streams: {streams}; calls tools: {tools}; hears: {hears}; sees images: {sees}.</source>
   <translation>Funciona con {model}: primera palabra a los {ms} ms; por partes: {streams}; llama a herramientas: {tools}; oye: {hears}; ve imágenes: {sees}.</translation>
  </message>
  <message>
   <source>Open the microphone</source>
   <translation>Abrir el micrófono</translation>
  </message>
  <message>
   <source>Status: {words}</source>
   <translation>Estado: {words}</translation>
  </message>
  <message>
   <source>Choose what to share</source>
   <translation>Elige qué compartir</translation>
  </message>
  <message>
   <source>Click the monitor that Aside may see. Escape: nothing.</source>
   <translation>Haz clic en el monitor que Aside puede ver. Esc: ninguno.</translation>
  </message>
  <message>
   <source>Draw around what Aside may see. Escape: nothing.</source>
   <translation>Rodea lo que Aside puede ver. Escape: nada.</translation>
  </message>
  <message>
   <source>Click the window that Aside may see. Escape: nothing.</source>
   <translation>Haz clic en la ventana que Aside puede ver. Escape: nada.</translation>
  </message>
  <message>
   <source>Aside's lights</source>
   <translation>Las luces de Aside</translation>
  </message>
  <message>
   <source>Aside points</source>
   <translation>Aside señala</translation>
  </message>
  <message>
   <source>Aside points here</source>
   <translation>Aside señala aquí</translation>
  </message>
  <message>
   <source>Nobody</source>
   <translation>Nadie</translation>
  </message>
  <message>
   <source>It is kept in the system's key store and never shown again.</source>
   <translation>Se guarda en el almacén de claves del sistema y no se muestra nunca más.</translation>
  </message>
  <message>
   <source>Web search</source>
   <translation>Búsqueda en la web</translation>
  </message>
  <message>
   <source>Nothing is searched for before you choose who is asked, and what is sent is shown to you first.</source>
   <translation>No se busca nada antes de que elijas a quién se pregunta, y lo que se envía se te muestra primero.</translation>
  </message>
  <message>
   <source>Who is asked</source>
   <translation>A quién se pregunta</translation>
  </message>
  <message>
   <source>Of a SearXNG server that gives JSON.</source>
   <translation>De un servidor SearXNG que dé JSON.</translation>
  </message>
  <message>
   <source>Searches go there from now on.</source>
   <translation>A partir de ahora las búsquedas van allí.</translation>
  </message>
  <message>
   <source>Nothing is searched for.</source>
   <translation>No se busca nada.</translation>
  </message>
  <message>
   <source>It was not kept.</source>
   <translation>No se guardó.</translation>
  </message>
  <message>
   <source>Its tools are used without asking.</source>
   <translation>Sus herramientas se usan sin preguntar.</translation>
  </message>
  <message>
   <source>Switched off.</source>
   <translation>Apagado.</translation>
  </message>
  <message>
   <source>Starting …</source>
   <translation>Iniciando…</translation>
  </message>
  <message>
   <source>Not there: {why}</source>
   <translation>No está: {why}</translation>
  </message>
  <message>
   <source>Ended. Its next use starts it again.</source>
   <translation>Terminado. Al usarlo se inicia de nuevo.</translation>
  </message>
  <message>
   <source>Running, with one tool:</source>
   <translation>En marcha, con una herramienta:</translation>
  </message>
  <message>
   <source>Running, with {count} tools:</source>
   <translation>En marcha, con {count} herramientas:</translation>
  </message>
  <message>
   <source>{name}: switched off ({target})</source>
   <translation>{name}: apagado ({target})</translation>
  </message>
  <message>
   <source>{name}: asks {target}</source>
   <translation>{name}: pregunta a {target}</translation>
  </message>
  <message>
   <source>{name}: starts {target}</source>
   <translation>{name}: inicia {target}</translation>
  </message>
  <message>
   <source>(instead of the one that is there)</source>
   <translation>(en lugar del que hay)</translation>
  </message>
  <message>
   <source>On</source>
   <translation>Encendido</translation>
  </message>
  <message>
   <source>Remove…</source>
   <translation>Quitar…</translation>
  </message>
  <message>
   <source>{name} is on</source>
   <translation>{name} está encendido</translation>
  </message>
  <message>
   <source>Remove {name}</source>
   <translation>Quitar {name}</translation>
  </message>
  <message>
   <source>Its configuration, with any keys in it, is forgotten.</source>
   <translation>Se olvida su configuración, con las claves que tenga.</translation>
  </message>
  <message>
   <source>Configuration of servers</source>
   <translation>Configuración de servidores</translation>
  </message>
  <message>
   <source>Tools</source>
   <translation>Herramientas</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Quitar</translation>
  </message>
  <message>
   <source>Add</source>
   <translation>Añadir</translation>
  </message>
  <message>
   <source>Programs that lend Aside their tools by the Model Context Protocol. Aside asks you before it uses one, except where a configuration says that it only reads.</source>
   <translation>Programas que prestan sus herramientas a Aside por el Model Context Protocol. Aside te pregunta antes de usar una, salvo donde una configuración dice que solo lee.</translation>
  </message>
  <message>
   <source>Add servers</source>
   <translation>Añadir servidores</translation>
  </message>
  <message>
   <source>Paste their configuration, as their instructions give it.</source>
   <translation>Pega su configuración tal como la dan sus instrucciones.</translation>
  </message>
  <message>
   <source>There are no tools here now.</source>
   <translation>Ahora no hay herramientas aquí.</translation>
  </message>
  <message>
   <source>Remove the server {name}?</source>
   <translation>¿Quitar el servidor {name}?</translation>
  </message>
  <message>
   <source>and {count} more</source>
   <translation>y {count} más</translation>
  </message>
  <message>
   <source>Groups of settings</source>
   <translation>Grupos de ajustes</translation>
  </message>
  <message>
   <source>Show every key</source>
   <translation>Mostrar todas las teclas</translation>
  </message>
  <message>
   <source>Still reading what you typed.</source>
   <translation>Aún lee lo que has escrito.</translation>
  </message>
  <message>
   <source>Start it again from the menu.</source>
   <translation>Reinícialo desde el menú.</translation>
  </message>
  <message>
   <source>The model's memory is free, and nothing is heard or seen. Type, or hold the talk key, and it goes on.</source>
   <translation>La memoria del modelo está libre y no se oye ni se ve nada. Escribe o mantén pulsada la tecla de hablar para seguir.</translation>
  </message>
  <message>
   <source>Written, not spoken: it has spoken as often as you allow.</source>
   <translation>Escrito, no hablado: ya ha hablado tanto como permites.</translation>
  </message>
  <message>
   <source>It was begun and failed: {error}. Try again, or start Aside anew.</source>
   <translation>Se empezó y falló: {error}. Inténtalo de nuevo o vuelve a iniciar Aside.</translation>
  </message>
  <message>
   <source>“This session” and “Always” cover: {scope}</source>
   <translation>«Esta sesión» y «Siempre» abarcan: {scope}</translation>
  </message>
  <message>
   <source>It is time</source>
   <translation>Ya es la hora</translation>
  </message>
  <message>
   <source>I understood</source>
   <translation>He entendido</translation>
  </message>
  <message>
   <source>Never mind</source>
   <translation>Déjalo</translation>
  </message>
  <message>
   <source>Yes, do that</source>
   <translation>Sí, hazlo</translation>
  </message>
  <message>
   <source>May I use {tool}?</source>
   <translation>¿Puedo usar {tool}?</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Cancelar</translation>
  </message>
  <message>
   <source>The rest is in the history.</source>
   <translation>El resto está en el historial.</translation>
  </message>
  <message>
   <source>Is that what you meant?</source>
   <translation>¿Es eso lo que querías?</translation>
  </message>
  <message>
   <source>argument</source>
   <translation>argumento</translation>
  </message>
  <message>
   <source>value</source>
   <translation>valor</translation>
  </message>
  <message>
   <source>Or say aloud: {word}</source>
   <translation>O di en voz alta: {word}</translation>
  </message>
  <message>
   <source>Works out arithmetic.</source>
   <translation>Hace cálculos.</translation>
  </message>
  <message>
   <source>Converts between units of measure.</source>
   <translation>Convierte unidades de medida.</translation>
  </message>
  <message>
   <source>Shows you a card to look at or fill in.</source>
   <translation>Te muestra una tarjeta para mirar o rellenar.</translation>
  </message>
  <message>
   <source>Reads what was copied.</source>
   <translation>Lee lo que se copió.</translation>
  </message>
  <message>
   <source>Copies a text for pasting.</source>
   <translation>Copia un texto para pegar.</translation>
  </message>
  <message>
   <source>Tells the date and the time, here or in another place.</source>
   <translation>Dice la fecha y la hora, aquí o en otro lugar.</translation>
  </message>
  <message>
   <source>Runs a command in a closed box without network.</source>
   <translation>Ejecuta un comando en una caja cerrada sin red.</translation>
  </message>
  <message>
   <source>Finds files and folders by their name.</source>
   <translation>Encuentra archivos y carpetas por su nombre.</translation>
  </message>
  <message>
   <source>Reads a text file.</source>
   <translation>Lee un archivo de texto.</translation>
  </message>
  <message>
   <source>Types into the window in front.</source>
   <translation>Escribe en la ventana activa.</translation>
  </message>
  <message>
   <source>Presses a key.</source>
   <translation>Pulsa una tecla.</translation>
  </message>
  <message>
   <source>Clicks somewhere on the screen.</source>
   <translation>Hace clic en algún punto de la pantalla.</translation>
  </message>
  <message>
   <source>Looks at the screen.</source>
   <translation>Mira la pantalla.</translation>
  </message>
  <message>
   <source>Looks through the camera.</source>
   <translation>Mira por la cámara.</translation>
  </message>
  <message>
   <source>Writes a note, or adds to one.</source>
   <translation>Escribe una nota o añade a una.</translation>
  </message>
  <message>
   <source>Deletes a note.</source>
   <translation>Borra una nota.</translation>
  </message>
  <message>
   <source>Reads a note.</source>
   <translation>Lee una nota.</translation>
  </message>
  <message>
   <source>Lists the notes, the newest first.</source>
   <translation>Enumera las notas, la más nueva primero.</translation>
  </message>
  <message>
   <source>Opens a web page in the browser.</source>
   <translation>Abre una página web en el navegador.</translation>
  </message>
  <message>
   <source>Opens a file in its application.</source>
   <translation>Abre un archivo en su aplicación.</translation>
  </message>
  <message>
   <source>Starts an application.</source>
   <translation>Inicia una aplicación.</translation>
  </message>
  <message>
   <source>Shows you the steps of a task and how many are done.</source>
   <translation>Te muestra los pasos de una tarea y cuántos están hechos.</translation>
  </message>
  <message>
   <source>Sets a timer.</source>
   <translation>Pone un temporizador.</translation>
  </message>
  <message>
   <source>Reminds you of something at a time.</source>
   <translation>Te recuerda algo a una hora.</translation>
  </message>
  <message>
   <source>Lists the timers and reminders.</source>
   <translation>Enumera temporizadores y recordatorios.</translation>
  </message>
  <message>
   <source>Cancels a timer or a reminder.</source>
   <translation>Cancela un temporizador o un recordatorio.</translation>
  </message>
  <message>
   <source>Reads a web page.</source>
   <translation>Lee una página web.</translation>
  </message>
  <message>
   <source>Searches the web.</source>
   <translation>Busca en la web.</translation>
  </message>
  <message>
   <source>The background stopped ({kind}) and takes no tasks: start Aside again.</source>
   <translation>El segundo plano se detuvo ({kind}) y no admite tareas: vuelve a iniciar Aside.</translation>
  </message>
  <message>
   <source>The language model failed in the middle of its answer.</source>
   <translation>El modelo de lenguaje falló en medio de su respuesta.</translation>
  </message>
  <message>
   <source>The language model asked for too many things at once.</source>
   <translation>El modelo de lenguaje pidió demasiadas cosas a la vez.</translation>
  </message>
  <message>
   <source>The language model did not stop writing to a tool.</source>
   <translation>El modelo de lenguaje no paró de escribir a una herramienta.</translation>
  </message>
  <message>
   <source>The language model sent something that is no answer.</source>
   <translation>El modelo de lenguaje envió algo que no es una respuesta.</translation>
  </message>
  <message>
   <source>approved once by {by}</source>
   <translation>permitido una vez, por {by}</translation>
  </message>
  <message>
   <source>approved for this session by {by}</source>
   <translation>permitido en esta sesión, por {by}</translation>
  </message>
  <message>
   <source>approved always by {by}</source>
   <translation>permitido siempre, por {by}</translation>
  </message>
  <message>
   <source>key</source>
   <translation>tecla</translation>
  </message>
  <message>
   <source>click</source>
   <translation>clic</translation>
  </message>
  <message>
   <source>voice</source>
   <translation>voz</translation>
  </message>
  <message>
   <source>every use of {tool}</source>
   <translation>todo uso de {tool}</translation>
  </message>
  <message>
   <source>exactly this</source>
   <translation>exactamente esto</translation>
  </message>
  <message>
   <source>needs no approval</source>
   <translation>no necesita permiso</translation>
  </message>
  <message>
   <source>approved before: {what} ({id})</source>
   <translation>ya permitido: {what} ({id})</translation>
  </message>
  <message>
   <source>any use of {tool}</source>
   <translation>cualquier uso de {tool}</translation>
  </message>
  <message>
   <source>{tool} took longer than {limit} s: stopped.</source>
   <translation>{tool} tardó más de {limit} s: parado.</translation>
  </message>
  <message>
   <source>{tool} failed ({kind}).</source>
   <translation>{tool} falló ({kind}).</translation>
  </message>
  <message>
   <source>Taken back, because you corrected it: {what}</source>
   <translation>Deshecho, porque lo has corregido: {what}</translation>
  </message>
  <message>
   <source>That is not as you saw it any more, so I did not do it.</source>
   <translation>Ya no es como lo viste, así que no lo he hecho.</translation>
  </message>
  <message>
   <source>You corrected this, but it could not be taken back: {why}</source>
   <translation>Lo has corregido, pero no se pudo deshacer: {why}</translation>
  </message>
  <message>
   <source>There is no tool {tool} here now.</source>
   <translation>La herramienta {tool} no está aquí ahora.</translation>
  </message>
  <message>
   <source>{tool} cannot say what it would do, so it is not done.</source>
   <translation>{tool} no puede decir qué haría, así que no se hace.</translation>
  </message>
  <message>
   <source>There is nothing to undo about {what}.</source>
   <translation>No hay nada que deshacer de {what}.</translation>
  </message>
  <message>
   <source>{tool} cannot take back what it did.</source>
   <translation>{tool} no puede deshacer lo que hizo.</translation>
  </message>
  <message>
   <source>This task has used up the tokens that it may use.</source>
   <translation>Esta tarea ha gastado los tokens que puede gastar.</translation>
  </message>
  <message>
   <source>This task has cost what it may cost.</source>
   <translation>Esta tarea ha costado lo que puede costar.</translation>
  </message>
  <message>
   <source>The money for the language model is used up for today.</source>
   <translation>El dinero para el modelo de lenguaje se ha gastado por hoy.</translation>
  </message>
  <message>
   <source>The language model does not come to an end.</source>
   <translation>El modelo de lenguaje no llega a su fin.</translation>
  </message>
  <message>
   <source>This task has used its tools as often as it may.</source>
   <translation>Esta tarea ha usado sus herramientas tantas veces como puede.</translation>
  </message>
  <message>
   <source>The language model asked for the same thing again and again.</source>
   <translation>El modelo de lenguaje pidió lo mismo una y otra vez.</translation>
  </message>
  <message>
   <source>{path} is damaged. Move it away to begin anew.</source>
   <translation>{path} está dañado. Muévelo a otro sitio para empezar de nuevo.</translation>
  </message>
  <message>
   <source>The disk is full: {path} was not written. Free some space.</source>
   <translation>El disco está lleno: no se escribió {path}. Libera espacio.</translation>
  </message>
  <message>
   <source>{path} cannot be used ({why}).</source>
   <translation>{path} no se puede usar ({why}).</translation>
  </message>
  <message>
   <source>{url} is no address; write for example {example}</source>
   <translation>{url} no es una dirección; escribe por ejemplo {example}</translation>
  </message>
  <message>
   <source>a key does not belong into the address; give it by itself</source>
   <translation>la clave no va en la dirección; dala aparte</translation>
  </message>
  <message>
   <source>{host} is another machine: use https, so that nobody listens</source>
   <translation>{host} es otro equipo: usa https, para que nadie escuche</translation>
  </message>
  <message>
   <source>reads the screen</source>
   <translation>lee la pantalla</translation>
  </message>
  <message>
   <source>listens to the request again</source>
   <translation>vuelve a escuchar la petición</translation>
  </message>
  <message>
   <source>{what} {detail}</source>
   <translation>{what} {detail}</translation>
  </message>
  <message>
   <source>There is no approval {id}. `aside approvals` lists them.</source>
   <translation>No hay permiso {id}. `aside approvals` los muestra.</translation>
  </message>
  <message>
   <source>The key was not kept: {reason}. Set {variable} in the environment instead.</source>
   <translation>La clave no se guardó: {reason}. Pon {variable} en el entorno en su lugar.</translation>
  </message>
  <message>
   <source>the key store does not answer ({kind})</source>
   <translation>el almacén de claves no responde ({kind})</translation>
  </message>
  <message>
   <source>The disk takes no more tasks ({why}): make room; until Aside ends they are in memory only.</source>
   <translation>El disco no admite más tareas ({why}): haz sitio; hasta que Aside termine solo están en la memoria.</translation>
  </message>
  <message>
   <source>Another program holds {path}: close it, and start Aside again; until then the tasks are in memory only.</source>
   <translation>Otro programa tiene ocupado {path}: ciérralo y vuelve a iniciar Aside; hasta entonces las tareas solo están en la memoria.</translation>
  </message>
  <message>
   <source>The kept tasks could not be read: they lie in {path}, and a new list was begun.</source>
   <translation>Las tareas guardadas no se pudieron leer: están en {path}, y se empezó una lista nueva.</translation>
  </message>
  <message>
   <source>A server needs a short name of letters, digits, dots and dashes, not {name}.</source>
   <translation>Un servidor necesita un nombre corto de letras, cifras, puntos y guiones, no {name}.</translation>
  </message>
  <message>
   <source>That is no JSON, from line {line}, column {column} on ({why}). Paste all of it, with the outer braces.</source>
   <translation>Eso no es JSON, desde la línea {line}, columna {column} ({why}). Pégalo todo, con las llaves exteriores.</translation>
  </message>
  <message>
   <source>it uses the old SSE transport; ask for its streamable HTTP address</source>
   <translation>usa el antiguo transporte SSE; pide su dirección HTTP «streamable»</translation>
  </message>
  <message>
   <source>it needs a command to start, or an address beginning with http</source>
   <translation>necesita un comando que lo inicie, o una dirección que empiece por http</translation>
  </message>
  <message>
   <source>nothing can be undone at a server: risk is read, outside or lasting</source>
   <translation>en un servidor no se puede deshacer nada: risk es read, outside o lasting</translation>
  </message>
  <message>
   <source>The server {name} cannot be used: {why}.</source>
   <translation>El servidor {name} no se puede usar: {why}.</translation>
  </message>
  <message>
   <source>That is too long to be a list of servers.</source>
   <translation>Es demasiado largo para ser una lista de servidores.</translation>
  </message>
  <message>
   <source>That names no servers: it should hold {example}.</source>
   <translation>Eso no nombra servidores: debería contener {example}.</translation>
  </message>
  <message>
   <source>its settings are no object</source>
   <translation>sus ajustes no son un objeto</translation>
  </message>
  <message>
   <source>it holds characters that no program takes</source>
   <translation>contiene caracteres que ningún programa acepta</translation>
  </message>
  <message>
   <source>args has to be a list of texts</source>
   <translation>args tiene que ser una lista de textos</translation>
  </message>
  <message>
   <source>cwd has to be a folder</source>
   <translation>cwd tiene que ser una carpeta</translation>
  </message>
  <message>
   <source>{field} has to hold texts</source>
   <translation>{field} tiene que contener textos</translation>
  </message>
  <message>
   <source>That is no list of servers: it is nested too deeply.</source>
   <translation>Eso no es una lista de servidores: está anidado demasiado hondo.</translation>
  </message>
  <message>
   <source>risk is one of {risks}</source>
   <translation>risk es uno de {risks}</translation>
  </message>
  <message>
   <source>it cannot be reached or does not speak MCP ({kind}).</source>
   <translation>no se puede alcanzar o no habla MCP ({kind}).</translation>
  </message>
  <message>
   <source>The server {name} refused: {why}</source>
   <translation>El servidor {name} lo rechazó: {why}</translation>
  </message>
  <message>
   <source>its command is not installed here.</source>
   <translation>su comando no está instalado aquí.</translation>
  </message>
  <message>
   <source>it ended or refused ({why}).</source>
   <translation>terminó o lo rechazó ({why}).</translation>
  </message>
  <message>
   <source>The server {name} took too long to answer.</source>
   <translation>El servidor {name} tardó demasiado en responder.</translation>
  </message>
  <message>
   <source>The server {name} went away in the middle of it. Whether it was done is not known; the next call starts the server again.</source>
   <translation>El servidor {name} desapareció en medio. No se sabe si se hizo; la próxima llamada lo inicia de nuevo.</translation>
  </message>
  <message>
   <source>It was probably done, but the server {name} answered in a way that cannot be read.</source>
   <translation>Probablemente se hizo, pero el servidor {name} respondió de una forma que no se puede leer.</translation>
  </message>
  <message>
   <source>The server {name} is not there: {why}</source>
   <translation>El servidor {name} no está: {why}</translation>
  </message>
  <message>
   <source>it did not answer within {limit} s.</source>
   <translation>no respondió en {limit} s.</translation>
  </message>
  <message>
   <source>There can be {count} servers at most. Remove some first.</source>
   <translation>Puede haber {count} servidores como mucho. Quita alguno primero.</translation>
  </message>
  <message>
   <source>There is no MCP server {name}.</source>
   <translation>No hay ningún servidor MCP {name}.</translation>
  </message>
  <message>
   <source>Ask {server} to do {tool} with {arguments}</source>
   <translation>Pedir a {server} que haga {tool} con {arguments}</translation>
  </message>
  <message>
   <source>{server} could not do {tool}: {why}</source>
   <translation>{server} no pudo hacer {tool}: {why}</translation>
  </message>
  <message>
   <source>{name} sent an answer without an end.</source>
   <translation>{name} envió una respuesta sin fin.</translation>
  </message>
  <message>
   <source>{name} has sent nothing for {seconds} seconds; I gave up.</source>
   <translation>{name} no ha enviado nada en {seconds} segundos; lo dejé.</translation>
  </message>
  <message>
   <source>{name} broke off in the middle of its answer.</source>
   <translation>{name} se cortó en medio de su respuesta.</translation>
  </message>
  <message>
   <source>Nothing answers at {name}; is the language model running?</source>
   <translation>Nada responde en {name}; ¿está en marcha el modelo de lenguaje?</translation>
  </message>
  <message>
   <source>{name} took too long to take my question.</source>
   <translation>{name} tardó demasiado en aceptar mi pregunta.</translation>
  </message>
  <message>
   <source>{name} sent something that is no transcript.</source>
   <translation>{name} envió algo que no es una transcripción.</translation>
  </message>
  <message>
   <source>{path} cannot be written: {why}</source>
   <translation>{path} no se puede escribir: {why}</translation>
  </message>
  <message>
   <source>{text} [{count} more characters left out]</source>
   <translation>{text} [se omiten {count} caracteres más]</translation>
  </message>
  <message>
   <source>{sentence} {said}</source>
   <translation>{sentence} {said}</translation>
  </message>
  <message>
   <source>it answered, but used no tool</source>
   <translation>respondió, pero no usó ninguna herramienta</translation>
  </message>
  <message>
   <source>it sent its answer in one piece</source>
   <translation>envió su respuesta de una pieza</translation>
  </message>
  <message>
   <source>{name} did not take my question, status {status}.</source>
   <translation>{name} no aceptó mi pregunta, estado {status}.</translation>
  </message>
  <message>
   <source>{name} did not accept the key; enter it again, in the settings or with aside mind use --key.</source>
   <translation>{name} no aceptó la clave; escríbela de nuevo, en los ajustes o con aside mind use --key.</translation>
  </message>
  <message>
   <source>{name} is too busy to answer now; try again later.</source>
   <translation>{name} está demasiado ocupado para responder ahora; inténtalo más tarde.</translation>
  </message>
  <message>
   <source>{name} failed inside and gave no answer.</source>
   <translation>{name} falló por dentro y no dio respuesta.</translation>
  </message>
  <message>
   <source>{name} does not know the model {model}.</source>
   <translation>{name} no conoce el modelo {model}.</translation>
  </message>
  <message>
   <source>{name} sends me elsewhere; put the address it names into the settings.</source>
   <translation>{name} me manda a otro sitio; pon en los ajustes la dirección que nombra.</translation>
  </message>
  <message>
   <source>{tool} describes its arguments in a way that cannot be used.</source>
   <translation>{tool} describe sus argumentos de una forma que no se puede usar.</translation>
  </message>
  <message>
   <source>{field} has to be {limit} or more.</source>
   <translation>{field} tiene que ser {limit} o más.</translation>
  </message>
  <message>
   <source>{field} has to be more than {limit}.</source>
   <translation>{field} tiene que ser más de {limit}.</translation>
  </message>
  <message>
   <source>{field} has to be {limit} or less.</source>
   <translation>{field} tiene que ser {limit} o menos.</translation>
  </message>
  <message>
   <source>{field} has to be less than {limit}.</source>
   <translation>{field} tiene que ser menos de {limit}.</translation>
  </message>
  <message>
   <source>{field} is too short.</source>
   <translation>{field} es demasiado corto.</translation>
  </message>
  <message>
   <source>{field} has to be at most {limit} characters long.</source>
   <translation>{field} puede tener como mucho {limit} caracteres.</translation>
  </message>
  <message>
   <source>{field} has too few entries.</source>
   <translation>{field} tiene muy pocas entradas.</translation>
  </message>
  <message>
   <source>{field} has to have at most {limit} entries.</source>
   <translation>{field} puede tener como mucho {limit} entradas.</translation>
  </message>
  <message>
   <source>{field} has to be a multiple of {limit}.</source>
   <translation>{field} tiene que ser un múltiplo de {limit}.</translation>
  </message>
  <message>
   <source>{field} has to be a text.</source>
   <translation>{field} tiene que ser un texto.</translation>
  </message>
  <message>
   <source>{field} has to be a number.</source>
   <translation>{field} tiene que ser un número.</translation>
  </message>
  <message>
   <source>{field} has to be a whole number.</source>
   <translation>{field} tiene que ser un número entero.</translation>
  </message>
  <message>
   <source>{field} has to be true or false.</source>
   <translation>{field} tiene que ser verdadero o falso.</translation>
  </message>
  <message>
   <source>{field} has to be a list.</source>
   <translation>{field} tiene que ser una lista.</translation>
  </message>
  <message>
   <source>{field} has to be an object with fields.</source>
   <translation>{field} tiene que ser un objeto con campos.</translation>
  </message>
  <message>
   <source>{field} is not valid ({rule}).</source>
   <translation>{field} no es válido ({rule}).</translation>
  </message>
  <message>
   <source>{field} is missing.</source>
   <translation>Falta {field}.</translation>
  </message>
  <message>
   <source>{field} is not known to it.</source>
   <translation>No conoce {field}.</translation>
  </message>
  <message>
   <source>{field} has to be one of {choices}.</source>
   <translation>{field} tiene que ser uno de {choices}.</translation>
  </message>
  <message>
   <source>what it was given</source>
   <translation>lo que recibió</translation>
  </message>
  <message>
   <source>{tool} cannot take that: {why}</source>
   <translation>{tool} no puede aceptar eso: {why}</translation>
  </message>
  <message>
   <source>{tool} was given too much at once.</source>
   <translation>{tool} recibió demasiado de una vez.</translation>
  </message>
  <message>
   <source>{tool} was given arguments nested too deep.</source>
   <translation>{tool} recibió argumentos anidados demasiado hondo.</translation>
  </message>
  <message>
   <source>{tool} was given what is no plain JSON.</source>
   <translation>{tool} recibió algo que no es JSON sencillo.</translation>
  </message>
  <message>
   <source>I cannot do that alone, choose who thinks for me in the settings.</source>
   <translation>Eso no puedo hacerlo sin ayuda, elige en los ajustes quién piensa por mí.</translation>
  </message>
  <message>
   <source>You told me to stop, so I do nothing until you let me.</source>
   <translation>Me dijiste que parara, así que no hago nada hasta que me dejes.</translation>
  </message>
  <message>
   <source>I have too many things to do, ask me again later.</source>
   <translation>Tengo demasiadas cosas que hacer, pídemelo más tarde.</translation>
  </message>
  <message>
   <source>Something went wrong, so I stopped.</source>
   <translation>Algo salió mal, así que paré.</translation>
  </message>
  <message>
   <source>That took too long, so I stopped.</source>
   <translation>Eso tardaba demasiado, así que paré.</translation>
  </message>
  <message>
   <source>I was cut off before I was done.</source>
   <translation>Me interrumpieron antes de terminar.</translation>
  </message>
  <message>
   <source>I was cut off before this was done: {request}.</source>
   <translation>Me interrumpieron antes de hacer esto: {request}.</translation>
  </message>
  <message>
   <source>I did not do that. {why}</source>
   <translation>No lo he hecho. {why}</translation>
  </message>
  <message>
   <source>I cannot do that here.</source>
   <translation>Eso no lo puedo hacer aquí.</translation>
  </message>
  <message>
   <source>You said no.</source>
   <translation>Dijiste que no.</translation>
  </message>
  <message>
   <source>You said no before.</source>
   <translation>Ya dijiste que no.</translation>
  </message>
  <message>
   <source>You do not want that.</source>
   <translation>No quieres eso.</translation>
  </message>
  <message>
   <source>Too many questions were waiting for you.</source>
   <translation>Te esperaban demasiadas preguntas.</translation>
  </message>
  <message>
   <source>Nobody answered in time.</source>
   <translation>Nadie respondió a tiempo.</translation>
  </message>
  <message>
   <source>I got no right answer.</source>
   <translation>No recibí una respuesta válida.</translation>
  </message>
  <message>
   <source>I could not ask you.</source>
   <translation>No pude preguntarte.</translation>
  </message>
  <message>
   <source>I stopped, that was getting too long.</source>
   <translation>Paré, se estaba alargando demasiado.</translation>
  </message>
  <message>
   <source>I stopped, that has cost enough.</source>
   <translation>Paré, ya ha costado bastante.</translation>
  </message>
  <message>
   <source>I stopped, the money for today is used up.</source>
   <translation>Paré, el dinero de hoy se ha gastado.</translation>
  </message>
  <message>
   <source>I stopped, the answer had no end.</source>
   <translation>Paré, la respuesta no tenía fin.</translation>
  </message>
  <message>
   <source>I stopped, those were too many steps.</source>
   <translation>Paré, eran demasiados pasos.</translation>
  </message>
  <message>
   <source>I stopped, it went round and round.</source>
   <translation>Paré, daba vueltas y vueltas.</translation>
  </message>
  <message>
   <source>Tell me what to work out, such as twelve times seven.</source>
   <translation>Dime qué tengo que calcular, por ejemplo doce por siete.</translation>
  </message>
  <message>
   <source>Tell me how long, such as ten minutes.</source>
   <translation>Dime cuánto tiempo, por ejemplo diez minutos.</translation>
  </message>
  <message>
   <source>Tell me what to write down.</source>
   <translation>Dime qué tengo que apuntar.</translation>
  </message>
  <message>
   <source>Tell me what to open.</source>
   <translation>Dime qué abrir.</translation>
  </message>
  <message>
   <source>Tell me what to search for.</source>
   <translation>Dime qué tengo que buscar.</translation>
  </message>
  <message>
   <source>That is {number}.</source>
   <translation>Eso es {number}.</translation>
  </message>
  <message>
   <source>That is about {number}.</source>
   <translation>Eso es más o menos {number}.</translation>
  </message>
  <message>
   <source>That divides by zero.</source>
   <translation>Eso divide entre cero.</translation>
  </message>
  <message>
   <source>I cannot work that out, give it to me in numbers.</source>
   <translation>No puedo calcularlo, dámelo en números.</translation>
  </message>
  <message>
   <source>That has no answer that I can work out.</source>
   <translation>Eso no tiene un resultado que pueda calcular.</translation>
  </message>
  <message>
   <source>That number is too big to write down.</source>
   <translation>Ese número es demasiado grande para escribirlo.</translation>
  </message>
  <message>
   <source>That is too long, give it to me in parts.</source>
   <translation>Es demasiado largo, dámelo por partes.</translation>
  </message>
  <message>
   <source>It is {time}.</source>
   <translation>Son las {time}.</translation>
  </message>
  <message>
   <source>It is {time} in {place}.</source>
   <translation>En {place} son las {time}.</translation>
  </message>
  <message>
   <source>A timer of {length} is running.</source>
   <translation>Hay un temporizador de {length} en marcha.</translation>
  </message>
  <message>
   <source>A reminder is set for {when}.</source>
   <translation>Hay un recordatorio para {when}.</translation>
  </message>
  <message>
   <source>The timer is off.</source>
   <translation>El temporizador está apagado.</translation>
  </message>
  <message>
   <source>The reminder is off.</source>
   <translation>El recordatorio está apagado.</translation>
  </message>
  <message>
   <source>Time is up.</source>
   <translation>Se acabó el tiempo.</translation>
  </message>
  <message>
   <source>{ring} It was due at {time} on {day}, I was not there.</source>
   <translation>{ring} Tocaba el {day} a las {time}, yo no estaba.</translation>
  </message>
  <message>
   <source>You have no timers.</source>
   <translation>No tienes temporizadores.</translation>
  </message>
  <message>
   <source>One timer</source>
   <translation>Un temporizador</translation>
  </message>
  <message>
   <source>One reminder</source>
   <translation>Un recordatorio</translation>
  </message>
  <message>
   <source>{count} timers</source>
   <translation>{count} temporizadores</translation>
  </message>
  <message>
   <source>{count} reminders</source>
   <translation>{count} recordatorios</translation>
  </message>
  <message>
   <source>{count} timers and reminders</source>
   <translation>{count} temporizadores y recordatorios</translation>
  </message>
  <message>
   <source>{label} in {length}</source>
   <translation>{label} en {length}</translation>
  </message>
  <message>
   <source>{length} left</source>
   <translation>quedan {length}</translation>
  </message>
  <message>
   <source>Noted under {title}.</source>
   <translation>Anotado en {title}.</translation>
  </message>
  <message>
   <source>The note is gone.</source>
   <translation>La nota ya no está.</translation>
  </message>
  <message>
   <source>The note {title} says: {text}.</source>
   <translation>La nota {title} dice: {text}.</translation>
  </message>
  <message>
   <source>You have no notes.</source>
   <translation>No tienes notas.</translation>
  </message>
  <message>
   <source>No note has that in it.</source>
   <translation>Ninguna nota contiene eso.</translation>
  </message>
  <message>
   <source>One note</source>
   <translation>Una nota</translation>
  </message>
  <message>
   <source>{count} notes</source>
   <translation>{count} notas</translation>
  </message>
  <message>
   <source>{what}: {one}.</source>
   <translation>{what}: {one}.</translation>
  </message>
  <message>
   <source>{what}: {one}, and {two}.</source>
   <translation>{what}: {one} y {two}.</translation>
  </message>
  <message>
   <source>{what}, the first are {one}, and {two}.</source>
   <translation>{what}, los primeros son {one} y {two}.</translation>
  </message>
  <message>
   <source>I found no file of that name.</source>
   <translation>No encontré ningún archivo con ese nombre.</translation>
  </message>
  <message>
   <source>I found one file: {name}.</source>
   <translation>Encontré un archivo: {name}.</translation>
  </message>
  <message>
   <source>I found {count} files.</source>
   <translation>Encontré {count} archivos.</translation>
  </message>
  <message>
   <source>I found {count} files or more.</source>
   <translation>Encontré {count} archivos o más.</translation>
  </message>
  <message>
   <source>There is one line in it.</source>
   <translation>Hay una línea.</translation>
  </message>
  <message>
   <source>There are {count} lines in it.</source>
   <translation>Hay {count} líneas.</translation>
  </message>
  <message>
   <source>You have copied no text.</source>
   <translation>No has copiado ningún texto.</translation>
  </message>
  <message>
   <source>It is copied.</source>
   <translation>Está copiado.</translation>
  </message>
  <message>
   <source>I have read the page.</source>
   <translation>He leído la página.</translation>
  </message>
  <message>
   <source>I asked for the page to be opened.</source>
   <translation>He pedido que se abra la página.</translation>
  </message>
  <message>
   <source>{name} is starting.</source>
   <translation>{name} se está iniciando.</translation>
  </message>
  <message>
   <source>I find no {name} here, say its name as the menu has it.</source>
   <translation>No encuentro {name} aquí, di su nombre como está en el menú.</translation>
  </message>
  <message>
   <source>There are several, say which: {names}.</source>
   <translation>Hay varias, di cuál: {names}.</translation>
  </message>
  <message>
   <source>I cannot search the web yet, choose who is asked in the settings.</source>
   <translation>Aún no puedo buscar en la web, elige en los ajustes a quién se pregunta.</translation>
  </message>
  <message>
   <source>I found one result.</source>
   <translation>He encontrado un resultado.</translation>
  </message>
  <message>
   <source>I found {count} results.</source>
   <translation>He encontrado {count} resultados.</translation>
  </message>
  <message>
   <source>I do not see your screen, share it first.</source>
   <translation>No veo tu pantalla, compártela primero.</translation>
  </message>
  <message>
   <source>I do not see the camera, switch it on first.</source>
   <translation>No veo la cámara, enciéndela primero.</translation>
  </message>
  <message>
   <source>I cannot tell what is there, choose who looks for me in the settings.</source>
   <translation>No sé decir qué hay ahí, elige en los ajustes quién mira por mí.</translation>
  </message>
  <message>
   <source>I can read no text on your screen.</source>
   <translation>No puedo leer ningún texto en tu pantalla.</translation>
  </message>
  <message>
   <source>I read one line of text on your screen.</source>
   <translation>Leo una línea de texto en tu pantalla.</translation>
  </message>
  <message>
   <source>I read {count} lines of text on your screen.</source>
   <translation>Leo {count} líneas de texto en tu pantalla.</translation>
  </message>
  <message>
   <source>It is shown.</source>
   <translation>Se muestra.</translation>
  </message>
  <message>
   <source>It is shown, and nothing was pressed yet.</source>
   <translation>Se muestra, y aún no se ha pulsado nada.</translation>
  </message>
  <message>
   <source>I have your answer.</source>
   <translation>Tengo tu respuesta.</translation>
  </message>
  <message>
   <source>I have typed it.</source>
   <translation>Lo he escrito.</translation>
  </message>
  <message>
   <source>I have pressed it.</source>
   <translation>La he pulsado.</translation>
  </message>
  <message>
   <source>I have clicked there.</source>
   <translation>He hecho clic ahí.</translation>
  </message>
  <message>
   <source>The command is done.</source>
   <translation>El comando ha terminado.</translation>
  </message>
  <message>
   <source>The command failed.</source>
   <translation>El comando ha fallado.</translation>
  </message>
  <message>
   <source>I have an answer from {server}.</source>
   <translation>Tengo una respuesta de {server}.</translation>
  </message>
  <message>
   <source>What thinks for me does not answer.</source>
   <translation>Quien piensa por mí no responde.</translation>
  </message>
  <message>
   <source>I waited too long for an answer.</source>
   <translation>He esperado demasiado una respuesta.</translation>
  </message>
  <message>
   <source>What thinks for me is busy, ask me again later.</source>
   <translation>Quien piensa por mí está ocupado, pídemelo más tarde.</translation>
  </message>
  <message>
   <source>What thinks for me did not take my question.</source>
   <translation>Quien piensa por mí no aceptó mi pregunta.</translation>
  </message>
  <message>
   <source>What thinks for me failed, so I have no answer.</source>
   <translation>Quien piensa por mí falló, así que no tengo respuesta.</translation>
  </message>
  <message>
   <source>I got an answer that I cannot read.</source>
   <translation>Recibí una respuesta que no puedo leer.</translation>
  </message>
  <message>
   <source>The answer broke off before its end.</source>
   <translation>La respuesta se cortó antes de terminar.</translation>
  </message>
  <message>
   <source>I was not let in, look at the key in the settings.</source>
   <translation>No me dejaron entrar, mira la clave en los ajustes.</translation>
  </message>
  <message>
   <source>Time is up: {label}.</source>
   <translation>Se acabó el tiempo: {label}.</translation>
  </message>
  <message>
   <source>Remember: {label}.</source>
   <translation>Recuerda: {label}.</translation>
  </message>
  <message>
   <source>Monday</source>
   <translation>lunes</translation>
  </message>
  <message>
   <source>Tuesday</source>
   <translation>martes</translation>
  </message>
  <message>
   <source>Wednesday</source>
   <translation>miércoles</translation>
  </message>
  <message>
   <source>Thursday</source>
   <translation>jueves</translation>
  </message>
  <message>
   <source>Friday</source>
   <translation>viernes</translation>
  </message>
  <message>
   <source>Saturday</source>
   <translation>sábado</translation>
  </message>
  <message>
   <source>Sunday</source>
   <translation>domingo</translation>
  </message>
  <message>
   <source>{path} has to hold one object.</source>
   <translation>{path} tiene que contener un objeto.</translation>
  </message>
  <message>
   <source>That is no web address: it begins with https:// and a name.</source>
   <translation>Eso no es una dirección web: empieza por https:// y un nombre.</translation>
  </message>
  <message>
   <source>That web address holds a space or a line break.</source>
   <translation>Esa dirección web contiene un espacio o un salto de línea.</translation>
  </message>
  <message>
   <source>That web address is too long or holds letters that addresses do not.</source>
   <translation>Esa dirección web es demasiado larga o contiene letras que no van en direcciones.</translation>
  </message>
  <message>
   <source>{host} is on this machine or in this house; pages there are not read.</source>
   <translation>{host} está en este equipo o en esta casa; las páginas de ahí no se leen.</translation>
  </message>
  <message>
   <source>That is no web address.</source>
   <translation>Eso no es una dirección web.</translation>
  </message>
  <message>
   <source>{host} is not known, or there is no network now.</source>
   <translation>{host} no se conoce, o ahora no hay red.</translation>
  </message>
  <message>
   <source>That time is over: {when}.</source>
   <translation>Esa hora ya pasó: {when}.</translation>
  </message>
  <message>
   <source>There is no timer or reminder of that id.</source>
   <translation>No hay temporizador ni recordatorio con ese número.</translation>
  </message>
  <message>
   <source>It would have rung by now.</source>
   <translation>Ya habría sonado.</translation>
  </message>
  <message>
   <source>There are {most} timers and reminders already. Cancel some.</source>
   <translation>Ya hay {most} temporizadores y recordatorios. Cancela algunos.</translation>
  </message>
  <message>
   <source>What it was is no longer known.</source>
   <translation>Ya no se sabe qué era.</translation>
  </message>
  <message>
   <source>That holds something that is no arithmetic.</source>
   <translation>Eso contiene algo que no es aritmética.</translation>
  </message>
  <message>
   <source>There is no such function. There are: {known}.</source>
   <translation>No hay tal función. Hay: {known}.</translation>
  </message>
  <message>
   <source>That is no number.</source>
   <translation>Eso no es un número.</translation>
  </message>
  <message>
   <source>Work out {sum}.</source>
   <translation>Calcular {sum}.</translation>
  </message>
  <message>
   <source>Convert {amount} {unit} to {to}.</source>
   <translation>Convertir {amount} {unit} a {to}.</translation>
  </message>
  <message>
   <source>That is no unit: give a name such as mile, km/h or degC.</source>
   <translation>Eso no es una unidad: da un nombre como mile, km/h o degC.</translation>
  </message>
  <message>
   <source>There is no such unit as {unit} here.</source>
   <translation>La unidad {unit} no existe aquí.</translation>
  </message>
  <message>
   <source>{unit} cannot be converted to {to}: they measure other things.</source>
   <translation>{unit} no se puede convertir en {to}: miden cosas distintas.</translation>
  </message>
  <message>
   <source>{unit} or {to} is no unit that can be converted.</source>
   <translation>{unit} o {to} no es una unidad que se pueda convertir.</translation>
  </message>
  <message>
   <source>Show a card, or change one that is shown.</source>
   <translation>Mostrar una tarjeta, o cambiar una que se muestra.</translation>
  </message>
  <message>
   <source>No message names a card by its surfaceId.</source>
   <translation>Ningún mensaje nombra una tarjeta por su surfaceId.</translation>
  </message>
  <message>
   <source>Read the text on the clipboard.</source>
   <translation>Leer el texto del portapapeles.</translation>
  </message>
  <message>
   <source>Put on the clipboard: {text}</source>
   <translation>Poner en el portapapeles: {text}</translation>
  </message>
  <message>
   <source>The clipboard holds what it held before.</source>
   <translation>El portapapeles tiene lo que tenía antes.</translation>
  </message>
  <message>
   <source>What was on the clipboard before is no longer known.</source>
   <translation>Ya no se sabe qué había antes en el portapapeles.</translation>
  </message>
  <message>
   <source>Something else was copied since then, and it stays.</source>
   <translation>Desde entonces se copió otra cosa, y se queda.</translation>
  </message>
  <message>
   <source>Look at the clock.</source>
   <translation>Mirar el reloj.</translation>
  </message>
  <message>
   <source>Look at the clock in {zone}.</source>
   <translation>Mirar la hora en {zone}.</translation>
  </message>
  <message>
   <source>There is no such time zone. Give one such as Europe/Lisbon.</source>
   <translation>No existe esa zona horaria. Da una como Europe/Lisbon.</translation>
  </message>
  <message>
   <source>Run in the folder {folder}, enclosed: {line}</source>
   <translation>Ejecutar en la carpeta {folder}, aislado: {line}</translation>
  </message>
  <message>
   <source>That is no command.</source>
   <translation>Eso no es una orden.</translation>
  </message>
  <message>
   <source>That page sends its readers round in circles.</source>
   <translation>Esa página manda a sus lectores en círculo.</translation>
  </message>
  <message>
   <source>There is no such page, or not for us (status {status}).</source>
   <translation>Esa página no existe, o no para nosotros (estado {status}).</translation>
  </message>
  <message>
   <source>That is no page to read ({kind}).</source>
   <translation>Eso no es una página que se lea ({kind}).</translation>
  </message>
  <message>
   <source>{name} did not answer as it should.</source>
   <translation>{name} no respondió como debía.</translation>
  </message>
  <message>
   <source>That page leads on to {address}: ask for it there.</source>
   <translation>Esa página lleva a {address}: pídela allí.</translation>
  </message>
  <message>
   <source>Look for files named {name} in the folders that are not private.</source>
   <translation>Buscar archivos llamados {name} en las carpetas que no son privadas.</translation>
  </message>
  <message>
   <source>Read the file {path}.</source>
   <translation>Leer el archivo {path}.</translation>
  </message>
  <message>
   <source>{name} holds no text. Open it with its application instead.</source>
   <translation>{name} no contiene texto. Ábrelo con su aplicación.</translation>
  </message>
  <message>
   <source>{path} is no file that can be read.</source>
   <translation>{path} no es un archivo que se pueda leer.</translation>
  </message>
  <message>
   <source>{some} of {all} characters were typed</source>
   <translation>se escribieron {some} de {all} caracteres</translation>
  </message>
  <message>
   <source>left</source>
   <translation>izquierdo</translation>
  </message>
  <message>
   <source>right</source>
   <translation>derecho</translation>
  </message>
  <message>
   <source>double</source>
   <translation>doble</translation>
  </message>
  <message>
   <source>Type into {window}: {text}</source>
   <translation>Escribir en {window}: {text}</translation>
  </message>
  <message>
   <source>typing exactly this into {window}</source>
   <translation>escribir exactamente esto en {window}</translation>
  </message>
  <message>
   <source>Typed into {window}.</source>
   <translation>Escrito en {window}.</translation>
  </message>
  <message>
   <source>Press {key} in {window}.</source>
   <translation>Pulsar {key} en {window}.</translation>
  </message>
  <message>
   <source>pressing {key} in {window}</source>
   <translation>pulsar {key} en {window}</translation>
  </message>
  <message>
   <source>Pressed {key} in {window}.</source>
   <translation>Se pulsó {key} en {window}.</translation>
  </message>
  <message>
   <source>Click ({how}) at {x}, {y} over {window}.</source>
   <translation>Hacer clic ({how}) en {x}, {y} sobre {window}.</translation>
  </message>
  <message>
   <source>this click over {window}</source>
   <translation>este clic sobre {window}</translation>
  </message>
  <message>
   <source>Clicked at {x}, {y}.</source>
   <translation>Clic en {x}, {y}.</translation>
  </message>
  <message>
   <source>Aside is typing into {window}</source>
   <translation>Aside está escribiendo en {window}</translation>
  </message>
  <message>
   <source>Aside presses {key}</source>
   <translation>Aside pulsa {key}</translation>
  </message>
  <message>
   <source>Aside clicks</source>
   <translation>Aside hace clic</translation>
  </message>
  <message>
   <source>That text holds characters that cannot be seen, so it is not typed.</source>
   <translation>Ese texto contiene caracteres que no se ven, así que no se escribe.</translation>
  </message>
  <message>
   <source>This keyboard cannot type all of these letters. Copy them for pasting.</source>
   <translation>Este teclado no puede escribir todas esas letras. Cópialas para pegarlas.</translation>
  </message>
  <message>
   <source>The user stopped it: {so_far}.</source>
   <translation>El usuario lo paró: {so_far}.</translation>
  </message>
  <message>
   <source>Another window came to the front: {so_far}.</source>
   <translation>Otra ventana pasó al frente: {so_far}.</translation>
  </message>
  <message>
   <source>nothing was pressed</source>
   <translation>no se pulsó nada</translation>
  </message>
  <message>
   <source>nothing was clicked</source>
   <translation>no se hizo clic en nada</translation>
  </message>
  <message>
   <source>That is no time: give one such as 15:30, or 2031-05-17 15:30 with its date.</source>
   <translation>Eso no es una hora: da una como 15:30, o con su fecha 2031-05-17 15:30.</translation>
  </message>
  <message>
   <source>{program} is needed to open things: install it first.</source>
   <translation>Para abrir cosas hace falta {program}: instálalo primero.</translation>
  </message>
  <message>
   <source>It could not be opened: {program} failed.</source>
   <translation>No se pudo abrir: {program} falló.</translation>
  </message>
  <message>
   <source>Windows has nothing to open that with.</source>
   <translation>Windows no tiene con qué abrir eso.</translation>
  </message>
  <message>
   <source>Look at the screen and read what stands there.</source>
   <translation>Mirar la pantalla y leer lo que pone.</translation>
  </message>
  <message>
   <source>Look through the camera.</source>
   <translation>Mirar por la cámara.</translation>
  </message>
  <message>
   <source>The note {title} is as it was before.</source>
   <translation>La nota {title} está como antes.</translation>
  </message>
  <message>
   <source>Add to the note {title}: {text}</source>
   <translation>Añadir a la nota {title}: {text}</translation>
  </message>
  <message>
   <source>Delete the note {title}.</source>
   <translation>Borrar la nota {title}.</translation>
  </message>
  <message>
   <source>Read the note {title}.</source>
   <translation>Leer la nota {title}.</translation>
  </message>
  <message>
   <source>List the notes.</source>
   <translation>Listar las notas.</translation>
  </message>
  <message>
   <source>Write a new note {title}: {text}</source>
   <translation>Escribir una nota nueva {title}: {text}</translation>
  </message>
  <message>
   <source>Replace the note {title}: {text}</source>
   <translation>Reemplazar la nota {title}: {text}</translation>
  </message>
  <message>
   <source>List the notes that contain {text}.</source>
   <translation>Listar las notas que contienen {text}.</translation>
  </message>
  <message>
   <source>A note needs a short title with a letter or a digit in it.</source>
   <translation>Una nota necesita un título corto con una letra o una cifra.</translation>
  </message>
  <message>
   <source>That note is a link to elsewhere, and is left alone.</source>
   <translation>Esa nota es un enlace a otra parte y se deja como está.</translation>
  </message>
  <message>
   <source>What the note was before is no longer kept.</source>
   <translation>Ya no se guarda cómo era antes la nota.</translation>
  </message>
  <message>
   <source>The note was changed since then, and stays as it is.</source>
   <translation>La nota se ha cambiado desde entonces y se queda como está.</translation>
  </message>
  <message>
   <source>There are {most} notes already. Delete some first.</source>
   <translation>Ya hay {most} notas. Borra algunas primero.</translation>
  </message>
  <message>
   <source>The note would become too long. Begin another.</source>
   <translation>La nota sería demasiado larga. Empieza otra.</translation>
  </message>
  <message>
   <source>There is no note of that title.</source>
   <translation>No hay ninguna nota con ese título.</translation>
  </message>
  <message>
   <source>That note is too long to be read here.</source>
   <translation>Esa nota es demasiado larga para leerla aquí.</translation>
  </message>
  <message>
   <source>Open in the browser: {address}</source>
   <translation>Abrir en el navegador: {address}</translation>
  </message>
  <message>
   <source>The browser was asked to open {address}.</source>
   <translation>Se pidió al navegador que abra {address}.</translation>
  </message>
  <message>
   <source>Open the file {path}.</source>
   <translation>Abrir el archivo {path}.</translation>
  </message>
  <message>
   <source>Start {name}.</source>
   <translation>Iniciar {name}.</translation>
  </message>
  <message>
   <source>opening {address}</source>
   <translation>abrir {address}</translation>
  </message>
  <message>
   <source>{name} is being opened.</source>
   <translation>Se está abriendo {name}.</translation>
  </message>
  <message>
   <source>starting {name}</source>
   <translation>iniciar {name}</translation>
  </message>
  <message>
   <source>{name} is a program or can hold one. Open it by hand.</source>
   <translation>{name} es un programa o puede contener uno. Ábrelo a mano.</translation>
  </message>
  <message>
   <source>Show that {done} of {count} steps are done.</source>
   <translation>Mostrar que {done} de {count} pasos están hechos.</translation>
  </message>
  <message>
   <source>There are {count} steps: no more of them can be done.</source>
   <translation>Son {count} pasos: no pueden estar hechos más.</translation>
  </message>
  <message>
   <source>The command took longer than {limit} s and was stopped.</source>
   <translation>La orden tardó más de {limit} s y se paró.</translation>
  </message>
  <message>
   <source>The search provider is set up in a way that is not known: see Settings.</source>
   <translation>El buscador está configurado de una forma desconocida: mira en Ajustes.</translation>
  </message>
  <message>
   <source>Brave Search needs a key: enter it in the settings, under Tools.</source>
   <translation>Brave Search necesita una clave: escríbela en Ajustes, en Herramientas.</translation>
  </message>
  <message>
   <source>Give the server's address, such as http://localhost:8888.</source>
   <translation>Da la dirección del servidor, por ejemplo http://localhost:8888.</translation>
  </message>
  <message>
   <source>The search provider did not answer as it should.</source>
   <translation>El buscador no respondió como debía.</translation>
  </message>
  <message>
   <source>The search provider answered with too much.</source>
   <translation>El buscador respondió con demasiado.</translation>
  </message>
  <message>
   <source>The search provider refused (status {status}).</source>
   <translation>El buscador se negó (estado {status}).</translation>
  </message>
  <message>
   <source>There is no such file here, or it is hidden or private.</source>
   <translation>Aquí no hay tal archivo, o está oculto o es privado.</translation>
  </message>
  <message>
   <source>Remind you on {when}: {label}</source>
   <translation>Recordarte el {when}: {label}</translation>
  </message>
  <message>
   <source>Remind you on {when} and every day after: {label}</source>
   <translation>Recordarte el {when} y cada día después: {label}</translation>
  </message>
  <message>
   <source>Remind you on {when} and every week after: {label}</source>
   <translation>Recordarte el {when} y cada semana después: {label}</translation>
  </message>
  <message>
   <source>Cancel the timer: {label}</source>
   <translation>Cancelar el temporizador: {label}</translation>
  </message>
  <message>
   <source>Cancel the reminder: {label}</source>
   <translation>Cancelar el recordatorio: {label}</translation>
  </message>
  <message>
   <source>The timer is cancelled: {label}</source>
   <translation>El temporizador está cancelado: {label}</translation>
  </message>
  <message>
   <source>The reminder is cancelled: {label}</source>
   <translation>El recordatorio está cancelado: {label}</translation>
  </message>
  <message>
   <source>The timer is back: {label}</source>
   <translation>El temporizador ha vuelto: {label}</translation>
  </message>
  <message>
   <source>The reminder is back: {label}</source>
   <translation>El recordatorio ha vuelto: {label}</translation>
  </message>
  <message>
   <source>{count} day</source>
   <translation>{count} día</translation>
  </message>
  <message>
   <source>{count} days</source>
   <translation>{count} días</translation>
  </message>
  <message>
   <source>{count} hour</source>
   <translation>{count} hora</translation>
  </message>
  <message>
   <source>{count} hours</source>
   <translation>{count} horas</translation>
  </message>
  <message>
   <source>{count} minute</source>
   <translation>{count} minuto</translation>
  </message>
  <message>
   <source>{count} minutes</source>
   <translation>{count} minutos</translation>
  </message>
  <message>
   <source>{count} second</source>
   <translation>{count} segundo</translation>
  </message>
  <message>
   <source>{count} seconds</source>
   <translation>{count} segundos</translation>
  </message>
  <message>
   <source>Set a timer of {length}.</source>
   <translation>Poner un temporizador de {length}.</translation>
  </message>
  <message>
   <source>The timer is cancelled: {label}.</source>
   <translation>El temporizador está cancelado: {label}.</translation>
  </message>
  <message>
   <source>The reminder is cancelled: {label}.</source>
   <translation>El recordatorio está cancelado: {label}.</translation>
  </message>
  <message>
   <source>List the timers and reminders.</source>
   <translation>Listar los temporizadores y recordatorios.</translation>
  </message>
  <message>
   <source>Set a timer of {length} for: {label}.</source>
   <translation>Poner un temporizador de {length} para: {label}.</translation>
  </message>
  <message>
   <source>{long} {short}</source>
   <translation>{long} {short}</translation>
  </message>
  <message>
   <source>It has rung already, or was cancelled.</source>
   <translation>Ya ha sonado o se ha cancelado.</translation>
  </message>
  <message>
   <source>That time is over, or too far away.</source>
   <translation>Esa hora ya pasó o está demasiado lejos.</translation>
  </message>
  <message>
   <source>Read the web page {address}</source>
   <translation>Leer la página web {address}</translation>
  </message>
  <message>
   <source>Send to {place}: {query}</source>
   <translation>Enviar a {place}: {query}</translation>
  </message>
  <message>
   <source>reading pages of {site}</source>
   <translation>leer páginas de {site}</translation>
  </message>
  <message>
   <source>every search with {place}</source>
   <translation>toda búsqueda con {place}</translation>
  </message>
  <message>
   <source>That needs a language model, and none is chosen yet: see Thinking in the settings.</source>
   <translation>Eso necesita un modelo de lenguaje y aún no hay ninguno elegido: mira Pensar en Ajustes.</translation>
  </message>
  <message>
   <source>has begun</source>
   <translation>ha empezado</translation>
  </message>
  <message>
   <source>It may take no longer than {minutes} minutes.</source>
   <translation>No puede durar más de {minutes} minutos.</translation>
  </message>
 </context>
</TS>
